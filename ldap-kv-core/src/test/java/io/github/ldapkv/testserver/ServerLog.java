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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import org.jspecify.annotations.Nullable;

/**
 * What a server says that it was asked to do. It collects only while a test runs its
 * code; searches that only this class makes mark the beginning and the end, since a log
 * arrives late.
 */
final class ServerLog implements Consumer<String> {

	private static final Duration LATEST = Duration.ofSeconds(20);

	private final Function<List<String>, List<String>> parser;

	private @Nullable Recording recording;

	/**
	 * Creates a log.
	 * @param parser makes operations of the lines between the two marks
	 */
	ServerLog(Function<List<String>, List<String>> parser) {
		this.parser = parser;
	}

	@Override
	public synchronized void accept(String line) {
		if (this.recording != null) {
			this.recording.accept(line);
		}
	}

	List<String> operationsDuring(LDAPConnection connection, Runnable code) {
		Recording current = new Recording();
		try {
			start(current);
			mark(connection, current.begin);
			code.run();
			mark(connection, current.end);
			return this.parser.apply(current.complete.get(LATEST.toSeconds(), TimeUnit.SECONDS));
		}
		catch (LDAPException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("The server's log cannot be read", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			start(null);
		}
	}

	private synchronized void start(@Nullable Recording recording) {
		this.recording = recording;
	}

	private static void mark(LDAPConnection connection, String mark) throws LDAPException {
		connection.search("", SearchScope.BASE, "(cn=" + mark + ")", "1.1");
	}

	private static final class Recording {

		private final String begin = "begin-" + UUID.randomUUID();

		private final String end = "end-" + UUID.randomUUID();

		private final List<String> lines = new ArrayList<>();

		private final CompletableFuture<List<String>> complete = new CompletableFuture<>();

		private boolean begun;

		private @Nullable String connection;

		void accept(String line) {
			if (line.contains(this.begin)) {
				this.begun = true;
				this.connection = connection(line);
			}
			else if (line.contains(this.end)) {
				this.complete.complete(List.copyOf(this.lines));
			}
			else if (this.begun && !connection(line).equals(this.connection)) {
				this.lines.add(line);
			}
		}

		private static String connection(String line) {
			int start = line.indexOf("conn=");
			int end = line.indexOf(' ', start);
			return (start >= 0) ? line.substring(start, (end >= 0) ? end : line.length()) : "";
		}

	}

}
