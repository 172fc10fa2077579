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

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a watch is doing.
 *
 * @param phase what it is at
 * @param since since when
 * @param failure what has failed last in this phase; {@code null} if nothing has
 * @param source how it learns of changes
 * @param entries how many entries the listener knows of
 * @param counts what it has done so far
 */
public record WatchState(Phase phase, Instant since, @Nullable String failure, Source source, long entries,
		Counts counts) {

	/**
	 * What a watch can be at.
	 */
	public enum Phase {

		/**
		 * It compares what there is with what it has told.
		 */
		CATCHING_UP,

		/**
		 * It has told everything, and tells what changes.
		 */
		LIVE,

		/**
		 * No server answers, or none lets it read. It tries again.
		 */
		WAITING,

		/**
		 * It has ended, since it may not read what it is to watch.
		 */
		FAILED,

		/**
		 * It was closed.
		 */
		CLOSED

	}

	/**
	 * How a watch learns of changes.
	 *
	 * @param description the way, in words; empty as long as it is not known
	 * @param server the server that tells; empty as long as there is none, and where the
	 * store has connections of somebody else
	 * @param lastWord when it was last heard, be it that it is there; {@code null} if it
	 * never was
	 */
	public record Source(String description, String server, @Nullable Instant lastWord) {

	}

	/**
	 * What a watch has done.
	 *
	 * @param told how many changes of each kind the listener has taken
	 * @param comparisons how often all that there is was listed
	 * @param failures how often the listener has thrown
	 * @param untold how many changes the listener has not taken, however often it was
	 * told
	 */
	public record Counts(Map<LdapChange.Kind, Long> told, long comparisons, long failures, long untold) {

		/**
		 * Copies the numbers.
		 * @param told how many changes of each kind the listener has taken
		 * @param comparisons how often all that there is was listed
		 * @param failures how often the listener has thrown
		 * @param untold how many changes the listener has not taken
		 */
		public Counts {
			told = Map.copyOf(told);
		}

	}

}
