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
import java.util.Optional;

/**
 * Decides what becomes of a change that a listener could not take.
 */
@FunctionalInterface
public interface WatchErrorHandler {

	/**
	 * The listener has thrown.
	 * @param change what it was told
	 * @param failure what it has thrown; an {@link Error} comes as the cause of a
	 * {@link java.util.concurrent.ExecutionException}
	 * @param attempts how often it was told by now, 1 at least
	 * @return after which pause to tell it again; empty to go on with the next change: it
	 * is told with the entry's next change then, or before the next
	 * {@link LdapChange.Kind#CAUGHT_UP}
	 */
	Optional<Duration> failed(LdapChange change, Exception failure, int attempts);

	/**
	 * Tells a change again after pauses that grow from 100 milliseconds to 10 seconds.
	 * @param attempts how often to tell it at most
	 * @return the handler
	 * @throws IllegalArgumentException if that is less than 1
	 */
	static WatchErrorHandler retrying(int attempts) {
		if (attempts < 1) {
			throw new IllegalArgumentException("A change is told " + attempts + " times, less than once");
		}
		return (change, failure, told) -> (told < attempts) ? Optional.of(Pauses.afterFailure(told)) : Optional.empty();
	}

}
