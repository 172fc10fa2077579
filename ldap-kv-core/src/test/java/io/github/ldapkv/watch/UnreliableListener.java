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

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.watch.LdapChange.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a map by what a watch tells alone, and sleeps and throws at random, before it has
 * taken a change or after that. Only what it has thrown at after taking it may be told
 * twice; all else that does not fit to the map is a fault.
 */
final class UnreliableListener implements LdapChangeListener {

	private static final int THROWS_ONE_IN = 120;

	private static final int SLEEPS_ONE_IN = 40;

	private static final int LONGEST_SLEEP_MILLIS = 40;

	private final Map<LdapKey, LdapValue> map = new ConcurrentHashMap<>();

	private final Queue<String> faults = new ConcurrentLinkedQueue<>();

	private final Random random;

	/**
	 * What it has taken and thrown at all the same.
	 */
	private @Nullable LdapChange taken;

	private volatile long calls;

	UnreliableListener(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * It is called by one thread.
	 */
	@Override
	@SuppressWarnings("NonAtomicVolatileUpdate")
	public void changed(LdapChange change) {
		this.calls++;
		if (this.random.nextInt(SLEEPS_ONE_IN) == 0) {
			LockSupport.parkNanos(1_000_000L * this.random.nextInt(LONGEST_SLEEP_MILLIS));
		}
		throwAtRandom("before it was taken");
		LdapChange before = this.taken;
		if (before == null || !before.toString().equals(change.toString())) {
			String fault = apply(change);
			if (fault != null) {
				this.faults.add(fault + ": " + change);
			}
		}
		this.taken = change;
		throwAtRandom("after it was taken");
		this.taken = null;
	}

	private void throwAtRandom(String when) {
		if (this.random.nextInt(THROWS_ONE_IN) == 0) {
			throw new IllegalStateException("For the test, " + when);
		}
	}

	/**
	 * Does a change to the map.
	 * @return why it does not fit; {@code null} if it does
	 */
	private @Nullable String apply(LdapChange change) {
		if (change.kind() == Kind.CAUGHT_UP) {
			return null;
		}
		LdapKey known = (change.kind() == Kind.MOVED) ? change.from() : change.key();
		boolean was = this.map.remove(known) != null;
		boolean covered = change.entry().isPresent()
				&& this.map.put(change.key(), change.entry().orElseThrow().value()) != null;
		if (was == (change.kind() == Kind.CREATED)) {
			return was ? "It was there" : "It was not there";
		}
		return covered ? "Another one was there" : null;
	}

	/**
	 * What it has in its map. Whoever asks has the watch caught up before.
	 */
	Map<LdapKey, LdapValue> kept() {
		return new HashMap<>(this.map);
	}

	/**
	 * What did not fit.
	 */
	Queue<String> faults() {
		return this.faults;
	}

	long calls() {
		return this.calls;
	}

}
