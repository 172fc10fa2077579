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

package io.github.ldapkv.watch;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.internal.directory.WatchedStore;
import io.github.ldapkv.internal.text.Arguments;

/**
 * Tells a listener what changes among the entries that a query means, for as long as it
 * is open.
 * <p>
 * A map that is kept by what is told alone has in it what the query finds, after each
 * {@link LdapChange.Kind#CAUGHT_UP}: whatever has happened meanwhile, to the connection
 * or the server. The changes of an entry are told in their order; what it was in between
 * may be left out, and what has not changed is not told. A change is told at least once:
 * it counts as told when the listener has returned.
 * <p>
 * What is told comes from comparing what is in the directory with what was told. A server
 * that tells of changes makes this fast, by content synchronization (RFC 4533),
 * persistent search or Active Directory's change notification. Everything is compared
 * when the watch begins, after the connection was lost, when a tree may have moved, and
 * at intervals. Where no server tells, all that the query means is listed at intervals.
 * <p>
 * A watch has two connections of its own, apart from the pool of the store, and up to 250
 * bytes of heap for each entry that the query means. It ends by itself only if it may not
 * read, or the server cannot evaluate its filter, and says so in {@link #state()} and in
 * the log. Instances are safe for use by several threads.
 */
public final class LdapWatch implements AutoCloseable {

	private final WatchLoop loop;

	private final Thread thread;

	private LdapWatch(WatchLoop loop, Thread thread) {
		this.loop = loop;
		this.thread = thread;
	}

	/**
	 * Prepares watches of a store.
	 * @param store the store: a template, or one in front of it that
	 * {@link LdapKeyValueOperations#unwrap unwraps} to it and has the same base
	 * @return a builder
	 * @throws IllegalArgumentException if it is any other store: what is told comes from
	 * the directory, and not through it
	 */
	@SuppressWarnings("unchecked")
	public static LdapWatchBuilder on(LdapKeyValueOperations store) {
		Arguments.notNull("store", store);
		// Null of a stub that answers nothing.
		Optional<WatchedStore<KeyQuery, LdapEntry>> watched = Objects
			.requireNonNullElse(store.unwrap(WatchedStore.class), Optional.empty())
			.map((found) -> (WatchedStore<KeyQuery, LdapEntry>) found)
			.filter((found) -> store.base().toString().equals(found.resolver().base().asKey().toString()));
		return new LdapWatchBuilder(watched.orElseThrow(() -> new IllegalArgumentException("The store, a "
				+ store.getClass().getName()
				+ ", does not unwrap to a template with the same base, which alone can be watched. Watch the template.")));
	}

	static LdapWatch start(String name, WatchedQuery query, LdapChangeListener listener, WatchSettings settings) {
		WatchLoop loop = new WatchLoop(name, query, listener, settings);
		Thread thread = settings.thread(loop, query.store().threads() + "-watch");
		LdapWatch watch = new LdapWatch(loop, thread);
		thread.start();
		return watch;
	}

	/**
	 * Waits until everything is told that was in the directory when this was called. For
	 * this everything is compared.
	 * @param timeout how long to wait at most
	 * @return whether it is; {@code false} also if the watch ends meanwhile
	 * @throws IllegalStateException if the thread is interrupted, which it stays, or is
	 * that of the listener, which would wait for itself
	 */
	public boolean awaitCaughtUp(Duration timeout) {
		Arguments.notNull("timeout", timeout);
		if (Thread.currentThread() == this.thread) {
			throw new IllegalStateException("The listener cannot wait for what it is to be told itself");
		}
		try {
			return this.loop.status().awaitComparison(WatchStatus.nanos(timeout), this.loop::compare);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("The thread was interrupted while it waited for a watch", ex);
		}
	}

	/**
	 * What the watch is doing at this moment.
	 * @return the state
	 */
	public WatchState state() {
		return this.loop.state();
	}

	/**
	 * Ends the watch, and returns when the listener has: nothing is told any more then.
	 * What the listener has not returned from by an exception is not told again. Called
	 * by the listener itself, it returns at once. A checkpoint is written before.
	 */
	@Override
	public void close() {
		this.loop.close();
		boolean interrupted = false;
		while (Thread.currentThread() != this.thread && this.thread.isAlive()) {
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
