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
import java.util.function.Function;

/**
 * Makes the queues of a pool, which know the same servers.
 */
final class QueueFactory {

	private final PoolName name;

	private final PoolLimits limits;

	private final Iterable<PoolListener> listeners;

	private final Servers servers = new Servers();

	private final ServiceRecords services;

	/**
	 * Prepares to make queues.
	 * @param listeners those of the pool
	 */
	QueueFactory(PoolName name, PoolLimits limits, Iterable<PoolListener> listeners) {
		this.name = name;
		this.limits = limits;
		this.listeners = listeners;
		this.services = new ServiceRecords(name.toString());
	}

	/**
	 * Makes a queue.
	 * @param urls where its connections go, the most wanted first
	 * @param opener gives what opens them
	 */
	ConnectionQueue of(PoolRole role, List<String> urls, Function<PoolEvents, ConnectionOpener> opener) {
		ServerList list = new ServerList(this.name.toString(), new ServerAddresses(urls, this.services), role,
				this.servers, System::nanoTime);
		return new ConnectionQueue(this.limits, opener.apply(new PoolEvents(role, this.listeners)), list,
				this.name.ofThreads(role));
	}

}
