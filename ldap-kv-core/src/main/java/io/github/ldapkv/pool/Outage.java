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
import java.util.Locale;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.wire.LostConnectionException;

/**
 * What is known of a server that does not answer. Times are those of
 * {@link System#nanoTime()}.
 *
 * @param failure how it has failed the last time
 * @param since when it failed first
 * @param failed when it failed last
 * @param pause for how many nanoseconds it is left aside from then on
 * @param asked whether it is being asked now
 */
record Outage(LDAPException failure, long since, long failed, long pause, boolean asked) {

	static final long SHORTEST_PAUSE = Duration.ofMillis(100).toNanos();

	static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();

	/**
	 * The first failure of a server that has answered.
	 */
	static Outage first(LDAPException failure, long now) {
		return new Outage(failure, now, now, SHORTEST_PAUSE, false);
	}

	/**
	 * Another failure. The next pause is twice as long.
	 */
	Outage again(LDAPException latest, long now) {
		return new Outage(latest, this.since, now, Math.min(LONGEST_PAUSE, 2 * this.pause), false);
	}

	Outage asked(boolean now) {
		return new Outage(this.failure, this.since, this.failed, this.pause, now);
	}

	/**
	 * In how many nanoseconds it is to be asked again; 0 for now.
	 */
	long rest(long now) {
		return Math.max(0, this.failed + this.pause - now);
	}

	/**
	 * What came of it when it was asked.
	 */
	String reason() {
		if (this.failure.getCause() == null && this.failure instanceof LostConnectionException lost) {
			return lost.reason();
		}
		Throwable cause = (this.failure.getCause() != null) ? this.failure.getCause() : this.failure;
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

	/**
	 * How long ago that was, unless it was just now.
	 */
	String age(long now) {
		long age = now - this.failed;
		return (age < SHORTEST_PAUSE / 2) ? "" : " (asked " + seconds(age) + " ago"
				+ (this.asked ? ", and now" : ", and again in " + seconds(rest(now))) + ")";
	}

	static String seconds(long nanos) {
		return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
	}

}
