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

package io.github.ldapkv.autoconfigure.watch;

import java.util.Optional;
import java.util.function.Supplier;

import io.github.ldapkv.watch.LdapWatch;
import io.github.ldapkv.watch.WatchState;
import org.jspecify.annotations.Nullable;

/**
 * The watch of a listener, which can be started more than once.
 */
final class ListenerWatch {

	private final String id;

	private final String store;

	private final boolean autoStartup;

	private final Supplier<LdapWatch> opening;

	private volatile @Nullable LdapWatch watch;

	/**
	 * Creates a watch that is not open.
	 * @param id the id of the listener
	 * @param store the name of the store's bean
	 * @param autoStartup whether it begins with the application
	 * @param opening opens it
	 */
	ListenerWatch(String id, String store, boolean autoStartup, Supplier<LdapWatch> opening) {
		this.id = id;
		this.store = store;
		this.autoStartup = autoStartup;
		this.opening = opening;
	}

	String id() {
		return this.id;
	}

	String store() {
		return this.store;
	}

	boolean isAutoStartup() {
		return this.autoStartup;
	}

	Optional<WatchState> state() {
		return Optional.ofNullable(this.watch).map(LdapWatch::state);
	}

	/**
	 * Opens the watch, unless it is open. No lock is held while a listener is waited for:
	 * it may start a watch itself.
	 */
	void start() {
		for (LdapWatch before = this.watch; !isOpen(before); before = this.watch) {
			if (before != null) {
				// Its listener may not have returned yet, and is called by one at a time.
				before.close();
			}
			if (open(before)) {
				return;
			}
		}
	}

	private static boolean isOpen(@Nullable LdapWatch watch) {
		WatchState.Phase phase = (watch != null) ? watch.state().phase() : WatchState.Phase.CLOSED;
		return phase != WatchState.Phase.CLOSED && phase != WatchState.Phase.FAILED;
	}

	/**
	 * Opens a watch, unless somebody else has.
	 */
	private synchronized boolean open(@Nullable LdapWatch before) {
		if (this.watch != before) {
			return false;
		}
		this.watch = this.opening.get();
		return true;
	}

	void stop() {
		LdapWatch open = this.watch;
		if (open != null) {
			open.close();
		}
	}

}
