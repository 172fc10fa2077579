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

package io.github.ldapkv.autoconfigure.watch;

import java.util.Optional;
import java.util.Set;

import io.github.ldapkv.watch.WatchState;

/**
 * The watches of the methods with {@link LdapListener}, by their ids.
 * <p>
 * They begin last when the application starts, and end first when it stops, before the
 * web server lets its last requests end: what a listener makes use of is there as long as
 * it is called. A directory that is away hinders no start.
 */
public interface LdapWatchRegistry {

	/**
	 * The ids of all listeners.
	 * @return the ids
	 */
	Set<String> ids();

	/**
	 * The store that is watched for a listener.
	 * @param id the id of the listener
	 * @return the name of the store's bean
	 * @throws IllegalArgumentException if there is no such listener
	 */
	String store(String id);

	/**
	 * What the watch of a listener is doing.
	 * @param id the id of the listener
	 * @return its state; empty if it was never started
	 * @throws IllegalArgumentException if there is no such listener
	 */
	Optional<WatchState> state(String id);

	/**
	 * Starts the watch of a listener, unless it is open.
	 * @param id the id of the listener
	 * @throws IllegalArgumentException if there is no such listener
	 */
	void start(String id);

	/**
	 * Closes the watch of a listener, and returns when the listener has. It can be
	 * started again.
	 * @param id the id of the listener
	 * @throws IllegalArgumentException if there is no such listener
	 */
	void stop(String id);

}
