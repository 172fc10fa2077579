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

package io.github.ldapkv.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.LdapWatch;

/**
 * Watches of a directory of people.
 */
final class WatchPeer implements AutoCloseable {

	private static final KeyQuery ALL = KeyQuery.of("/ou=" + People.AREA + "/*");

	private static final Duration LONGEST = Duration.ofMinutes(10);

	private final ServerAddress server;

	private final LdapKeyValueTemplate store;

	WatchPeer(ServerAddress server) {
		this.server = server;
		LdapConnectionPool pool = LdapConnectionPool.builder(List.of(server.url()))
			.user(server.userDn(), server.password())
			.base(People.SUFFIX)
			.maxSize(PeerKind.POOL_SIZE)
			.build();
		this.store = LdapKeyValueTemplate.builder(pool).pageSize(PeerKind.PAGE_SIZE).build();
	}

	/**
	 * Starts a watch, is told of all people, and ends it.
	 */
	void catchUp(int people) {
		AtomicInteger told = new AtomicInteger();
		CountDownLatch caughtUp = new CountDownLatch(1);
		try (LdapWatch watch = LdapWatch.on(this.store).start(ALL, (change) -> {
			if (change.kind() == LdapChange.Kind.CAUGHT_UP) {
				caughtUp.countDown();
			}
			else {
				told.incrementAndGet();
			}
		})) {
			if (!caughtUp.await(LONGEST.toSeconds(), TimeUnit.SECONDS) || told.get() != people) {
				throw new IllegalStateException(told + " of " + people + " people were told: " + watch.state());
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Writes on a connection of its own, one after the other, and waits for the event of
	 * each.
	 * @return how long after the write was sent the events arrive
	 */
	String lag(int writes, int people) {
		BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(writes);
		try (LdapWatch watch = LdapWatch.on(this.store)
			.existing(false)
			.start(ALL,
					(change) -> change.entry()
						.ifPresent((entry) -> arrivals
							.add(new Arrival(entry.value().text("description").orElse(""), System.nanoTime()))));
				LDAPConnection writer = new LDAPConnection(this.server.host(), this.server.port(), this.server.userDn(),
						this.server.password())) {
			if (!watch.awaitCaughtUp(LONGEST)) {
				throw new IllegalStateException(watch.state().toString());
			}
			long[] nanos = new long[writes];
			for (int i = 0; i < writes; i++) {
				String description = "Written as number " + i;
				String dn = People.dn(People.uid((i * 7919) % people));
				long sent = System.nanoTime();
				writer.modify(dn, new Modification(ModificationType.REPLACE, "description", description));
				Arrival arrival = arrivals.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
				if (arrival == null || !arrival.description().equals(description)) {
					throw new IllegalStateException("Told was " + arrival + ", and not " + description);
				}
				nanos[i] = arrival.nanos() - sent;
			}
			Arrays.sort(nanos);
			return String.format(Locale.ROOT,
					"The event arrives %.1f ms after a write is sent (median), %.1f ms (99 %%), %.1f ms (the latest of %,d)",
					nanos[writes / 2] / 1e6, nanos[(int) (writes * 0.99)] / 1e6, nanos[writes - 1] / 1e6, writes);
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private static IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException(ex);
	}

	@Override
	public void close() {
		this.store.close();
	}

	/**
	 * That an event has arrived.
	 *
	 * @param description what the entry has in it
	 * @param nanos when
	 */
	private record Arrival(String description, long nanos) {

	}

}
