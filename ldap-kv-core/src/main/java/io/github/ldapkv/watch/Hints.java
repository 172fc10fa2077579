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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.unboundid.ldap.sdk.LDAPException;
import org.jspecify.annotations.Nullable;

/**
 * What a server has told and nobody has looked at yet. However long that takes, there is
 * at most one hint for each entry, so that no server waits for a listener.
 */
final class Hints {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition news = this.lock.newCondition();

	private final Map<Object, Hint> toLookAt = new LinkedHashMap<>();

	private final Map<Object, Hint> gone = new LinkedHashMap<>();

	private boolean ready;

	/**
	 * Whether the server has told of nothing yet.
	 */
	private boolean silent = true;

	private boolean comparison;

	private boolean woken;

	private byte @Nullable [] cookie;

	private @Nullable LDAPException end;

	/**
	 * Somebody is to look at an entry.
	 */
	void add(Hint hint) {
		this.lock.lock();
		try {
			// What was told last counts.
			this.toLookAt.remove(hint.subject());
			this.gone.remove(hint.subject());
			(hint.isGone() ? this.gone : this.toLookAt).put(hint.subject(), hint);
			this.silent = false;
			this.news.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The server tells of changes from now on.
	 */
	void ready() {
		change(() -> this.ready = true);
	}

	/**
	 * Whether the server has said that it tells of changes, or somebody for it.
	 */
	boolean isReady() {
		this.lock.lock();
		try {
			return this.ready;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether the server has told of nothing yet.
	 */
	boolean isSilent() {
		this.lock.lock();
		try {
			return this.silent;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Something has changed that is not told entry by entry.
	 */
	void compare() {
		change(() -> this.comparison = true);
	}

	/**
	 * Whoever waits is to look around.
	 */
	void wake() {
		change(() -> this.woken = true);
	}

	/**
	 * All that was told so far is what a server means by a cookie.
	 */
	void cookie(byte[] octets) {
		change(() -> this.cookie = octets);
	}

	/**
	 * Nothing more comes.
	 */
	void end(LDAPException failure) {
		change(() -> this.end = (this.end != null) ? this.end : failure);
	}

	private void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.news.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until the server tells of changes, however much it has to say first.
	 * @throws LDAPException if it does not
	 */
	void awaitReady() throws LDAPException {
		this.lock.lock();
		try {
			while (!this.ready && this.end == null) {
				this.news.awaitUninterruptibly();
			}
			throwEnd();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Fails if nothing more comes.
	 * @param nanos how long to wait for a first word
	 */
	void expectMore(long nanos) throws LDAPException {
		this.lock.lock();
		try {
			long rest = nanos;
			while (this.silent && !this.comparison && this.end == null && rest > 0) {
				rest = await(rest);
			}
			throwEnd();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes what there is, those that may be gone first: another one may have their key
	 * by now.
	 * @param most how many hints at most
	 * @param nanos how long to wait for one
	 * @throws LDAPException if nothing more comes, and all that came was taken
	 */
	Batch take(int most, long nanos) throws LDAPException {
		this.lock.lock();
		try {
			long rest = nanos;
			while (isEmpty() && this.end == null && rest > 0) {
				rest = await(rest);
			}
			if (isEmpty()) {
				throwEnd();
			}
			List<Hint> taken = takeSome(most);
			boolean all = this.gone.isEmpty() && this.toLookAt.isEmpty();
			Batch batch = new Batch(taken, all, all && this.comparison, all ? this.cookie : null);
			this.comparison &= !all;
			this.woken = false;
			return batch;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes some of the entries to look at, and nothing else.
	 * @throws LDAPException if nothing more comes, and all that came was taken
	 */
	List<Hint> takeSome(int most) throws LDAPException {
		this.lock.lock();
		try {
			List<Hint> taken = new ArrayList<>();
			move(this.gone, taken, most);
			move(this.toLookAt, taken, most);
			if (taken.isEmpty()) {
				throwEnd();
			}
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	private long await(long nanos) {
		try {
			return this.news.awaitNanos(nanos);
		}
		catch (InterruptedException ex) {
			// Nobody interrupts the threads of a watch to any purpose.
			return 0;
		}
	}

	private boolean isEmpty() {
		return this.toLookAt.isEmpty() && this.gone.isEmpty() && !this.comparison && !this.woken;
	}

	private void throwEnd() throws LDAPException {
		if (this.end != null) {
			throw this.end;
		}
	}

	private static void move(Map<Object, Hint> from, List<Hint> to, int most) {
		for (Iterator<Hint> hints = from.values().iterator(); hints.hasNext() && to.size() < most;) {
			to.add(hints.next());
			hints.remove();
		}
	}

	/**
	 * What was taken.
	 *
	 * @param hints the entries to look at
	 * @param all whether nothing is left
	 * @param comparison whether everything is to be compared
	 * @param cookie what a server means by a cookie, once this is told; {@code null} for
	 * nothing new
	 */
	record Batch(List<Hint> hints, boolean all, boolean comparison, byte @Nullable [] cookie) {

	}

}
