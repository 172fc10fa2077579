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

package io.github.ldapkv.pool;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Sees when a server that was left aside answers again, so that no caller has to wait for
 * one that does not. It asks after each pause.
 */
final class ReturnWatch {

	/**
	 * What gives the account or the trust is not asked more often, while that is what
	 * hinders the question.
	 */
	private static final long HINDERED = Duration.ofSeconds(1).toNanos();

	private final ServerList servers;

	private final Consumer<Server> asking;

	private final BackgroundThread thread;

	/**
	 * Creates a watch, which has nothing to see to.
	 * @param asking asks a server, and tells the list what came of it
	 */
	ReturnWatch(ServerList servers, Consumer<Server> asking, BackgroundThread thread) {
		this.servers = servers;
		this.asking = asking;
		this.thread = thread;
	}

	/**
	 * A server was left aside.
	 */
	void await(Server server) {
		await(server, Outage.SHORTEST_PAUSE);
	}

	private void await(Server server, long shortest) {
		long pause = this.servers.untilAskedAgain(server);
		if (pause >= 0) {
			this.thread.run(() -> look(server), (pause > 0) ? pause : shortest);
		}
	}

	/**
	 * If it is still time to ask when that is over, the question was not sent, or
	 * somebody else asks it now.
	 */
	private void look(Server server) {
		if (this.servers.mayAskAgain(server)) {
			this.asking.accept(server);
		}
		await(server, HINDERED);
	}

	void close() {
		this.thread.close();
	}

}
