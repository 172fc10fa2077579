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

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.internal.directory.WatchedStore;
import io.github.ldapkv.internal.text.Arguments;
import io.github.ldapkv.internal.text.Durations;
import org.jspecify.annotations.Nullable;

/**
 * Prepares watches, and starts them. No argument may be {@code null}.
 */
public final class LdapWatchBuilder {

	private final WatchedStore<KeyQuery, LdapEntry> store;

	private WatchSettings settings = WatchSettings.DEFAULT;

	private @Nullable String name;

	LdapWatchBuilder(WatchedStore<KeyQuery, LdapEntry> store) {
		this.store = store;
	}

	/**
	 * Whether what is there when the watch begins is told, as
	 * {@link LdapChange.Kind#CREATED}. The default is that it is. A watch with a
	 * checkpoint tells what has changed since that in any case.
	 * @param existing whether it is
	 * @return this builder
	 */
	public LdapWatchBuilder existing(boolean existing) {
		this.settings = this.settings.withExisting(existing);
		return this;
	}

	/**
	 * How often all that the query means is listed, where the server does not tell of
	 * changes. The default is 30 seconds.
	 * @param interval a positive time
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive
	 */
	public LdapWatchBuilder pollInterval(Duration interval) {
		return timing(this.settings.timing().withPoll(Durations.positive("poll interval", interval)));
	}

	/**
	 * How often everything is compared although the server tells of changes, since it may
	 * not tell all: after each of these intervals, and after ten of them where it tells
	 * by content synchronization. The default is a minute.
	 * @param interval a positive time
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive
	 */
	public LdapWatchBuilder compareInterval(Duration interval) {
		return timing(this.settings.timing().withCompare(Durations.positive("compare interval", interval)));
	}

	/**
	 * How long a server may be silent that does not answer any more, until it is given
	 * up. The default is 30 seconds.
	 * @param keepAlive a positive time
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive
	 */
	public LdapWatchBuilder keepAlive(Duration keepAlive) {
		return timing(this.settings.timing().withKeepAlive(Durations.positive("keep-alive", keepAlive)));
	}

	private LdapWatchBuilder timing(WatchTiming timing) {
		this.settings = this.settings.withTiming(timing);
		return this;
	}

	/**
	 * Decides what becomes of a change that the listener could not take. By default it is
	 * told ten times.
	 * @param handler the handler
	 * @return this builder
	 */
	public LdapWatchBuilder errorHandler(WatchErrorHandler handler) {
		this.settings = this.settings.withErrors(Arguments.notNull("error handler", handler));
		return this;
	}

	/**
	 * A file in which the watch keeps what it has told, to go on from there after a
	 * restart of the application: what has changed meanwhile is told then, deletions too.
	 * It is for one watch, and has keys of entries in it.
	 * @param file the file, in a directory that is there
	 * @return this builder
	 */
	public LdapWatchBuilder checkpoint(Path file) {
		return checkpoint(new CheckpointFile(file));
	}

	/**
	 * Where the watch keeps what it has told.
	 * @param checkpoint where
	 * @return this builder
	 */
	public LdapWatchBuilder checkpoint(WatchCheckpoint checkpoint) {
		this.settings = this.settings.withCheckpoint(Arguments.notNull("checkpoint", checkpoint));
		return this;
	}

	/**
	 * How often the checkpoint is written while there is something new. The default is 10
	 * seconds; one that takes long to write is written less often.
	 * @param interval a positive time
	 * @return this builder
	 * @throws IllegalArgumentException if it is not positive
	 */
	public LdapWatchBuilder checkpointInterval(Duration interval) {
		return timing(this.settings.timing().withCheckpoint(Durations.positive("checkpoint interval", interval)));
	}

	/**
	 * What makes the two threads of the watch. By default they are daemons of the
	 * platform.
	 * @param threads the factory; the watch names what it makes
	 * @return this builder
	 */
	public LdapWatchBuilder threads(ThreadFactory threads) {
		this.settings = this.settings.withThreads(Arguments.notNull("thread factory", threads));
		return this;
	}

	/**
	 * What the watch is called in the log. By default it is called by its query.
	 * @param name the name
	 * @return this builder
	 */
	public LdapWatchBuilder name(String name) {
		this.name = Arguments.notNull("name", name);
		return this;
	}

	/**
	 * Starts a watch.
	 * @param query the entries to watch, and the attributes of them to be told of
	 * @param listener is told what changes
	 * @return the watch, which has to be closed. It connects in the background, as soon
	 * as a server answers
	 * @throws IllegalArgumentException if the query has a limit, an offset or a start
	 */
	public LdapWatch start(KeyQuery query, LdapChangeListener listener) {
		Arguments.notNull("query", query);
		Arguments.notNull("listener", listener);
		WatchedQuery watched = new WatchedQuery(this.store, query);
		String called = (this.name != null) ? this.name : "watch of '" + query + "'";
		return LdapWatch.start(called, watched, listener, this.settings);
	}

}
