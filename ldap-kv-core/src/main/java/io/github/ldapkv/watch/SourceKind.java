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
import java.util.function.Function;

import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

/**
 * The ways to know of changes, the best one first.
 */
enum SourceKind {

	CONTENT_SYNC(Feature.CONTENT_SYNC, 10, ContentSync::new),

	PERSISTENT_SEARCH(Feature.PERSISTENT_SEARCH, 1, PersistentSearch::new),

	CHANGE_NOTIFICATION(Feature.CHANGE_NOTIFICATION, 1, ChangeNotification::new);

	private static final Duration UNTIL_REFUSED = Duration.ofMillis(500);

	private final Feature feature;

	private final int pauses;

	private final Function<WatchedQuery, ChangeSource> source;

	/**
	 * Describes a way.
	 * @param pauses after how many of the pauses between comparisons a comparison is due
	 * @param source makes one for a connection
	 */
	SourceKind(Feature feature, int pauses, Function<WatchedQuery, ChangeSource> source) {
		this.feature = feature;
		this.pauses = pauses;
		this.source = source;
	}

	/**
	 * The best way that a server offers.
	 * @param after the one that it has refused; {@code null} for none
	 * @return {@code null} if it offers none
	 */
	static @Nullable SourceKind of(ServerCapabilities capabilities, @Nullable SourceKind after) {
		for (SourceKind kind : values()) {
			if (capabilities.has(kind.feature) && (after == null || kind.ordinal() > after.ordinal())) {
				return kind;
			}
		}
		return null;
	}

	ChangeSource source(WatchedQuery query) {
		return this.source.apply(query);
	}

	/**
	 * How long to go without a comparison.
	 */
	Duration untilCompared(Duration pause) {
		return pause.multipliedBy(this.pauses);
	}

	/**
	 * Whether it says when it has begun to tell.
	 */
	boolean saysThatItHasBegun() {
		return this == CONTENT_SYNC;
	}

	/**
	 * For how long a server may refuse that has not said so, in nanoseconds.
	 */
	long untilRefused() {
		return saysThatItHasBegun() ? 0 : UNTIL_REFUSED.toNanos();
	}

	/**
	 * What it is, in words.
	 */
	String description() {
		return this.feature.description();
	}

}
