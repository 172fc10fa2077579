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
package io.github.ldapkv.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.pool.PoolRole;
import io.github.ldapkv.pool.ServerCheck;
import io.github.ldapkv.pool.ServerState;
import org.jspecify.annotations.Nullable;

/**
 * What came of it when the servers of one role were asked.
 *
 * @param role what they are for
 * @param check what one of them has answered, if one has
 * @param failure why none has; empty if one has
 * @param servers what is known of them; empty if the connections are not pooled
 */
record RoleHealth(PoolRole role, @Nullable ServerCheck check, String failure, List<ServerState> servers) {

	/**
	 * Why nothing can be read; empty if it can be.
	 */
	String hindersReads() {
		return this.failure;
	}

	/**
	 * Why nothing can be written; empty if it can be.
	 */
	String hindersWrites() {
		return refusesWrites() ? answered() + " refuses writes, as a replica does" : this.failure;
	}

	private boolean refusesWrites() {
		return this.servers.stream().anyMatch((server) -> server.server().equals(answered()) && server.refusesWrites());
	}

	private @Nullable String answered() {
		return (this.check != null) ? this.check.server() : null;
	}

	/**
	 * The same for a reader, without types that a native image would have to be told of.
	 */
	Map<String, Object> details() {
		Map<String, Object> details = new LinkedHashMap<>();
		String answered = answered();
		if (answered != null) {
			details.put("answered", answered);
		}
		else {
			details.put("failure", this.failure);
		}
		if (refusesWrites()) {
			details.put("refusesWrites", true);
		}
		List<Map<String, String>> aside = this.servers.stream()
			.filter(ServerState::isAside)
			.map(RoleHealth::aside)
			.toList();
		if (!aside.isEmpty()) {
			details.put("aside", aside);
		}
		return details;
	}

	private static Map<String, String> aside(ServerState server) {
		Map<String, String> details = new LinkedHashMap<>();
		details.put("server", server.server());
		details.put("failure", String.valueOf(server.failure()));
		details.put("since", String.valueOf(server.since()));
		details.put("until", String.valueOf(server.until()));
		return details;
	}

}
