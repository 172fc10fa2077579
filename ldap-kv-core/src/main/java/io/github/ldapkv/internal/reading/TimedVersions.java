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

package io.github.ldapkv.internal.reading;

import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.util.StaticUtils;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * Versions that are times, such as those of the embedded directory, which goes by the
 * clock of this machine: all writes of a millisecond leave the same. So none is given out
 * before its millisecond is over.
 */
public final class TimedVersions {

	/**
	 * An entry that is written in each of so many milliseconds is given as it was.
	 */
	private static final int MOST_READS = 20;

	/**
	 * A server whose clock is ahead is not waited for any longer.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofMillis(5);

	private static final Duration PAUSE = Duration.ofNanos(100_000);

	private TimedVersions() {
	}

	public static long now() {
		return System.currentTimeMillis();
	}

	/**
	 * Makes sure that any later write to an entry leaves another version than the one
	 * that is given with it.
	 * @param first what was read
	 * @param asked when it was asked for, at the latest
	 * @param read reads it again
	 * @return the entry, or {@code null} if it is gone meanwhile
	 */
	public static @Nullable SearchResultEntry settled(Session session, @Nullable SearchResultEntry first, long asked,
			Reading read) throws LDAPException {
		String attribute = session.capabilities().versionAttribute();
		if (attribute == null || !session.has(Quirk.VERSIONS_ARE_TIMES)) {
			return first;
		}
		SearchResultEntry entry = first;
		SearchResultEntry before = null;
		String known = null;
		long latest = asked;
		for (int i = 0; i < MOST_READS; i++) {
			String version = (entry != null) ? entry.getAttributeValue(attribute) : null;
			// A version that a while has not changed is settled by whatever clock.
			if (version == null || time(version) < latest || version.equals(known)) {
				return entry;
			}
			await(version);
			latest = now();
			before = entry;
			known = version;
			entry = read.again();
		}
		// What it was before has a version that no entry has any more.
		return before;
	}

	/**
	 * Waits until the millisecond of a version is over.
	 */
	public static void await(String version) {
		long time = time(version);
		long end = System.nanoTime() + LONGEST_WAIT.toNanos();
		// Goes on if the thread is interrupted: it has to last.
		while (now() <= time && System.nanoTime() < end) {
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private static long time(String version) {
		try {
			return StaticUtils.decodeGeneralizedTime(version).getTime();
		}
		catch (ParseException ex) {
			return Long.MIN_VALUE;
		}
	}

	/**
	 * Reads an entry.
	 */
	@FunctionalInterface
	public interface Reading {

		@Nullable SearchResultEntry again() throws LDAPException;

	}

}
