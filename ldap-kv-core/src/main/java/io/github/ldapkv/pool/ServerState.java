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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a pool knows of a server.
 *
 * @param server its host and port, with its address if the host is a name
 * @param connections how many connections of the pool there are to it
 * @param failure why it is left aside; {@code null} if it is not
 * @param since when it failed first; {@code null} if it is not left aside
 * @param until when it is asked again; {@code null} if it is not left aside
 * @param refusesWrites whether it has refused the last write as a replica does, within
 * the last minute
 */
public record ServerState(String server, int connections, @Nullable String failure, @Nullable Instant since,
		@Nullable Instant until, boolean refusesWrites) {

	/**
	 * Whether it is left aside, since it does not answer.
	 * @return whether it is
	 */
	public boolean isAside() {
		return this.failure != null;
	}

}
