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

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The servers of a pool by their addresses, so that what is known of one is known to
 * reads and to writes.
 */
final class Servers {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition news = this.lock.newCondition();

	private final Map<ServerAddress, Server> byAddress = new HashMap<>();

	private final Map<PoolRole, Set<ServerAddress>> wanted = new EnumMap<>(PoolRole.class);

	/**
	 * To be held for whatever else is done here, and with a server.
	 */
	ReentrantLock lock() {
		return this.lock;
	}

	/**
	 * That something has become known of a server.
	 */
	Condition news() {
		return this.news;
	}

	Server at(ServerAddress address) {
		return this.byAddress.computeIfAbsent(address, Server::new);
	}

	/**
	 * Forgets the servers that nobody wants any more.
	 * @param addresses those that are wanted for a role from now on
	 */
	void want(PoolRole role, Set<ServerAddress> addresses) {
		this.wanted.put(role, addresses);
		Set<ServerAddress> all = new HashSet<>();
		this.wanted.values().forEach(all::addAll);
		this.byAddress.keySet().retainAll(all);
	}

	/**
	 * Whether a server is one of those that are wanted.
	 */
	boolean wants(Server server) {
		return this.byAddress.get(server.address()) == server;
	}

}
