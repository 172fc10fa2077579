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

import java.util.List;

/**
 * What the connections of one role are doing, and what is known of their servers.
 *
 * @param role what the connections are for
 * @param connections how many there are
 * @param servers the servers, the most wanted first; without one if DNS has named none
 * yet
 */
public record RoleState(PoolRole role, PoolStatistics connections, List<ServerState> servers) {

	/**
	 * Copies the list.
	 * @param role what the connections are for
	 * @param connections what they are doing
	 * @param servers the servers, the most wanted first
	 */
	public RoleState {
		servers = List.copyOf(servers);
	}

}
