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

import java.text.ParseException;
import java.time.Duration;
import java.util.List;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.util.StaticUtils;

/**
 * Versions of entries on a server that has none but the times of their last writes. Two
 * writes of one second may leave the same, so a time says that an entry has not changed
 * only if the clock of the server was past that second when the entry was read: an entry
 * that was written a moment ago is read again by the next comparison.
 */
final class WriteTimes {

	static final List<String> ATTRIBUTES = List.of("modifyTimestamp", "createTimestamp");

	/**
	 * After so many comparisons the entries themselves are compared, not their times: a
	 * clock may be set back.
	 */
	private static final int UNTIL_ALL_IS_READ = 10;

	private static final long SECOND = Duration.ofSeconds(1).toMillis();

	/**
	 * A second is over then, whenever in it a time was seen first.
	 */
	private static final Duration OVER = Duration.ofSeconds(2);

	/**
	 * The latest second that was seen, and since when: the server's clock was there.
	 */
	private long latest = Long.MIN_VALUE;

	private long since;

	/**
	 * The latest second that was over before what is read now was asked for.
	 */
	private long over = Long.MIN_VALUE;

	/**
	 * Whether an entry was seen whose times are not shown.
	 */
	private boolean hidden;

	/**
	 * Whether everything was read late enough.
	 */
	private boolean read;

	private int comparisons;

	/**
	 * Whether the next comparison may go by times.
	 */
	boolean areEnough() {
		this.comparisons++;
		return this.read && !this.hidden && this.comparisons % UNTIL_ALL_IS_READ != 0;
	}

	/**
	 * Some entries are asked for now.
	 */
	void ask() {
		if (this.latest != Long.MIN_VALUE) {
			boolean past = System.nanoTime() - this.since >= OVER.toNanos();
			this.over = past ? this.latest : this.latest - 1;
		}
	}

	/**
	 * All entries are asked for now.
	 */
	void askForAll() {
		ask();
		this.read |= this.over == this.latest && this.over != Long.MIN_VALUE;
	}

	/**
	 * The version of an entry that was not written since it was read, if it was read late
	 * enough.
	 */
	long listed(Entry found) {
		long time = see(found);
		return (time != 0) ? time * 2 + 1 : 0;
	}

	/**
	 * The version of an entry that was read: another one than the listed, if it may be
	 * written once more in the same second.
	 */
	long read(Entry found) {
		long time = see(found);
		return (time != 0 && time / SECOND <= this.over) ? time * 2 + 1 : time * 2;
	}

	private long see(Entry found) {
		long time = time(found);
		if (time == 0) {
			this.hidden = true;
		}
		else if (time / SECOND > this.latest) {
			this.latest = time / SECOND;
			this.since = System.nanoTime();
		}
		return time;
	}

	/**
	 * The time of the last write in milliseconds; zero if the server does not show it.
	 */
	private static long time(Entry found) {
		for (String name : ATTRIBUTES) {
			String time = found.getAttributeValue(name);
			if (time != null) {
				try {
					return StaticUtils.decodeGeneralizedTime(time).getTime();
				}
				catch (ParseException ex) {
					return 0;
				}
			}
		}
		return 0;
	}

}
