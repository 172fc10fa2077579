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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The servers of a directory, in the order in which they are wanted. One that does not
 * answer is left aside for some time, so that not every call waits for it. The SDK's list
 * with an order, {@code FailoverServerSet}, asks a dead server again for each connection.
 */
final class ServerList {

	/**
	 * How long a server that does not answer is left aside.
	 */
	static final Duration LEFT_ASIDE = Duration.ofSeconds(10);

	private final List<String> urls;

	private final LongSupplier nanoTime;

	private final Map<String, Long> asideUntil = new ConcurrentHashMap<>();

	/**
	 * Creates a list.
	 * @param nanoTime a clock that nobody sets, as that of {@link System#nanoTime()}
	 */
	ServerList(List<String> urls, LongSupplier nanoTime) {
		this.urls = List.copyOf(urls);
		this.nanoTime = nanoTime;
	}

	/**
	 * The URLs in the order in which to try them: those left aside come last, and are
	 * tried only if no other answers.
	 */
	List<String> inOrder() {
		if (this.asideUntil.isEmpty()) {
			return this.urls;
		}
		long now = this.nanoTime.getAsLong();
		List<String> order = new ArrayList<>(this.urls.size());
		List<String> aside = new ArrayList<>();
		for (String url : this.urls) {
			Long until = this.asideUntil.get(url);
			((until != null && until - now > 0) ? aside : order).add(url);
		}
		order.addAll(aside);
		return order;
	}

	/**
	 * Whether a server is the one to use now: connections to any other end soon, so that
	 * the pool goes back when the first server does.
	 */
	boolean isFirstChoice(String url) {
		return url.equals(inOrder().get(0));
	}

	/**
	 * A connection to a server is about to be opened. If it has failed before, one caller
	 * tries it, and the others go on leaving it aside.
	 */
	void trying(String url) {
		this.asideUntil.computeIfPresent(url, (key, until) -> inAWhile());
	}

	void answered(String url) {
		this.asideUntil.remove(url);
	}

	void failed(String url) {
		this.asideUntil.put(url, inAWhile());
	}

	private long inAWhile() {
		return this.nanoTime.getAsLong() + LEFT_ASIDE.toNanos();
	}

}
