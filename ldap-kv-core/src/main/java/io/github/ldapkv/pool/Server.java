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
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A server at one address, with what has become of it.
 */
final class Server {

	/**
	 * For so long it is taken for a replica that has refused a write as one: it may have
	 * become the provider, and whoever does not write because of it does not find out.
	 */
	static final long REMEMBERED = Duration.ofMinutes(1).toNanos();

	private final ServerAddress address;

	private final AtomicInteger connections = new AtomicInteger();

	private volatile @Nullable Outage outage;

	/**
	 * When it has refused a write as a replica does; 0 for never.
	 */
	private volatile long refused;

	Server(ServerAddress address) {
		this.address = address;
	}

	ServerAddress address() {
		return this.address;
	}

	/**
	 * How many connections there are to it.
	 */
	AtomicInteger connections() {
		return this.connections;
	}

	/**
	 * Since when it has not answered, and why; {@code null} if it has, or was never
	 * asked.
	 */
	@Nullable Outage outage() {
		return this.outage;
	}

	/**
	 * Takes note of one, or of its end. The list of the server sees to it that this is
	 * done by one at a time.
	 */
	void outage(@Nullable Outage outage) {
		this.outage = outage;
	}

	/**
	 * Whether it has refused the last write as a replica does.
	 */
	boolean refusesWrites() {
		long last = this.refused;
		return last != 0 && System.nanoTime() - last < REMEMBERED;
	}

	void refusesWrites(boolean refuses) {
		// Written seldom, and read by all.
		if (refuses) {
			this.refused = System.nanoTime() | 1;
		}
		else if (this.refused != 0) {
			this.refused = 0;
		}
	}

	/**
	 * What is known of it.
	 * @param now the time as the outage counts it
	 */
	ServerState state(long now) {
		Outage current = this.outage;
		if (current == null) {
			return new ServerState(toString(), this.connections.get(), null, null, null, refusesWrites());
		}
		Instant time = Instant.now();
		return new ServerState(toString(), this.connections.get(), current.reason(),
				time.minusNanos(now - current.since()), time.plusNanos(current.rest(now)), refusesWrites());
	}

	@Override
	public String toString() {
		return this.address.toString();
	}

}
