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

package io.github.ldapkv.testserver;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy that does to what goes through it at random what networks do: it delays, sends
 * byte by byte, closes in the middle of a request or an answer, resets, and goes silent.
 * What it has kept back once never arrives later, so that what a client has given up is
 * either done by then or will never be.
 */
public final class ChaosProxy extends TcpProxy {

	private static final int SILENCE_MILLIS = 2500;

	private final Random random;

	private volatile int oneIn;

	private volatile boolean down;

	/**
	 * Starts a proxy, which does nothing yet but pass on.
	 * @param host the host of the server
	 * @param port the port of the server
	 * @param seed what decides
	 */
	public ChaosProxy(String host, int port, long seed) {
		super(host, port);
		this.random = new Random(seed);
	}

	/**
	 * Sets how often something happens.
	 * @param packets among how many packets it happens to one; 0 for none
	 */
	public void disturb(int packets) {
		this.oneIn = packets;
	}

	/**
	 * Takes no connections, and closes those that there are, or does so no longer.
	 * @param down whether to
	 */
	public void down(boolean down) {
		this.down = down;
		if (down) {
			cut();
		}
	}

	@Override
	boolean takesConnections() {
		return !this.down;
	}

	/**
	 * Passes a packet on, or does something to it.
	 * @return whether the connection goes on
	 */
	@Override
	boolean pass(byte[] packet, int length, Socket from, Socket to) throws IOException {
		OutputStream out = to.getOutputStream();
		int often = this.oneIn;
		int event = (often > 0 && chance(often) == 0) ? chance(8) : -1;
		switch (event) {
			case 0, 1, 2 -> {
				LockSupport.parkNanos(1_000_000L * chance(60));
				out.write(packet, 0, length);
			}
			case 3 -> {
				for (int i = 0; i < length; i++) {
					out.write(packet, i, 1);
				}
			}
			case 4 -> {
				return false;
			}
			case 5 -> {
				out.write(packet, 0, chance(length));
				return false;
			}
			case 6 -> {
				from.setSoLinger(true, 0);
				to.setSoLinger(true, 0);
				return false;
			}
			case 7 -> {
				LockSupport.parkNanos(1_000_000L * SILENCE_MILLIS);
				return false;
			}
			default -> out.write(packet, 0, length);
		}
		return true;
	}

	private synchronized int chance(int bound) {
		return this.random.nextInt(bound);
	}

}
