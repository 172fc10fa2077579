/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ldapkv.internal.wire.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What a socket of a channel does that waits, and that is not waited for any more.
 */
class ChannelSocketTests {

	private static final int FOREVER = 0;

	/**
	 * More than finds room between two sockets.
	 */
	private static final byte[] MUCH = new byte[64 * 1024 * 1024];

	private ServerSocket server;

	private ChannelSocket socket;

	private Socket peer;

	@BeforeEach
	void connect() throws IOException {
		this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		this.socket = ChannelSocket.connect((InetSocketAddress) this.server.getLocalSocketAddress(), 5_000);
		this.socket.setSoTimeout(FOREVER);
		this.peer = this.server.accept();
	}

	@AfterEach
	void disconnect() throws IOException {
		this.socket.close();
		this.peer.close();
		this.server.close();
	}

	@Test
	void whatComesIsReadUntilTheEnd() throws Exception {
		byte[] sent = new byte[100_000];
		new Random(1).nextBytes(sent);
		FutureTask<byte[]> reader = inThread(() -> this.socket.getInputStream().readAllBytes());
		this.peer.getOutputStream().write(sent);
		this.peer.shutdownOutput();
		assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(sent);
	}

	@Test
	void whatIsMoreThanTheOtherSideTakesAtOnceIsWrittenInParts() throws Exception {
		FutureTask<Object> writer = inThread(() -> {
			this.socket.getOutputStream().write(MUCH);
			this.socket.close();
			return true;
		});
		assertThat(this.peer.getInputStream().transferTo(OutputStream.nullOutputStream())).isEqualTo(MUCH.length);
		assertThat(writer.get(10, TimeUnit.SECONDS)).isEqualTo(true);
	}

	@Test
	void aReadAfterAWriteThatHadToWaitWorks() throws Exception {
		FutureTask<Integer> echo = inThread(() -> {
			this.socket.getOutputStream().write(MUCH);
			return this.socket.getInputStream().read();
		});
		this.peer.getInputStream().readNBytes(MUCH.length);
		this.peer.getOutputStream().write(7);
		assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo(7);
	}

	@Test
	void aReadTimesOut() {
		this.socket.setSoTimeout(50);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> this.socket.getInputStream().read())
			.withMessage("Read timed out");
	}

	@Test
	void aWriteThatNobodyTakesTimesOut() {
		this.socket.setSoTimeout(50);
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> this.socket.getOutputStream().write(MUCH))
			.withMessage("Write timed out");
	}

	@Test
	void anInterruptEndsARead() throws Exception {
		InputStream input = this.socket.getInputStream();
		assertInterruptEnds(input::read);
	}

	@Test
	void anInterruptEndsAWrite() throws Exception {
		OutputStream output = this.socket.getOutputStream();
		assertInterruptEnds(() -> output.write(MUCH));
	}

	private void assertInterruptEnds(ThrowingCallable call) throws Exception {
		FutureTask<Boolean> interrupted = new FutureTask<>(() -> {
			assertThat(catchThrowable(call)).isInstanceOf(ClosedByInterruptException.class);
			return Thread.currentThread().isInterrupted();
		});
		Thread caller = new Thread(interrupted);
		caller.start();
		awaitSelect(caller);
		caller.interrupt();
		assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.socket.isClosed()).isTrue();
		assertThat(endOfPeer()).isTrue();
	}

	@Test
	void whoIsInterruptedDoesNotBegin() {
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(ClosedByInterruptException.class)
				.isThrownBy(() -> this.socket.getOutputStream().write(1));
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void aReadEndsWhenAnotherThreadCloses() throws Exception {
		FutureTask<Throwable> failure = new FutureTask<>(
				() -> catchThrowable(() -> this.socket.getInputStream().read()));
		Thread caller = new Thread(failure);
		caller.start();
		awaitSelect(caller);
		this.socket.close();
		assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
		assertThat(endOfPeer()).isTrue();
	}

	@Test
	void aClosedSocketFails() throws IOException {
		this.socket.close();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.socket.getInputStream().read());
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.socket.getOutputStream().write(1));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.socket.isReadable());
	}

	@Test
	void whatIsThereIsSeenAndStays() throws Exception {
		assertThat(this.socket.isReadable()).isFalse();
		this.peer.getOutputStream().write(7);
		awaitTrue(this.socket::isReadable);
		assertThat(this.socket.getInputStream().read()).isEqualTo(7);
		assertThat(this.socket.isReadable()).isFalse();
		this.peer.close();
		awaitTrue(this.socket::isReadable);
		assertThat(this.socket.getInputStream().read()).isEqualTo(-1);
	}

	private boolean endOfPeer() throws IOException {
		this.peer.setSoTimeout(10_000);
		this.peer.getInputStream().transferTo(OutputStream.nullOutputStream());
		return true;
	}

	private static void awaitSelect(Thread caller) throws Exception {
		awaitTrue(() -> Arrays.stream(caller.getStackTrace())
			.anyMatch((frame) -> frame.getMethodName().equals("select")));
	}

	private static void awaitTrue(Callable<Boolean> condition) throws Exception {
		long begin = System.nanoTime();
		while (!condition.call()) {
			assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
			// Nothing tells of a thread that begins to wait, or of octets that have come.
			Thread.sleep(1);
		}
	}

	private static <T> FutureTask<T> inThread(Callable<T> call) {
		FutureTask<T> task = new FutureTask<>(call);
		new Thread(task).start();
		return task;
	}

}
