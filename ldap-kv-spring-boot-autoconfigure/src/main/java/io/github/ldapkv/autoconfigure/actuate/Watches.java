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

package io.github.ldapkv.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.ldapkv.autoconfigure.watch.LdapWatchRegistry;
import io.github.ldapkv.watch.WatchState;
import org.jspecify.annotations.Nullable;

/**
 * What the watches of listeners are doing.
 */
final class Watches {

	private Watches() {
	}

	/**
	 * The watches that were started, by the ids of their listeners.
	 * @param registry knows them; {@code null} if there are none
	 */
	static Map<String, WatchState> of(@Nullable LdapWatchRegistry registry) {
		Map<String, WatchState> states = new LinkedHashMap<>();
		if (registry != null) {
			registry.ids().forEach((id) -> registry.state(id).ifPresent((state) -> states.put(id, state)));
		}
		return states;
	}

	/**
	 * What of the watches of a store is not as it should be, in words.
	 * @param store the name of the store's bean
	 */
	static Map<String, String> troubled(LdapWatchRegistry registry, String store) {
		Map<String, String> troubles = new LinkedHashMap<>();
		of(registry).forEach((id, state) -> {
			boolean troubled = state.phase() == WatchState.Phase.WAITING || state.phase() == WatchState.Phase.FAILED;
			if (troubled && registry.store(id).equals(store)) {
				troubles.put(id, state.phase() + " since " + state.since()
						+ ((state.failure() != null) ? ": " + state.failure() : ""));
			}
		});
		return troubles;
	}

}
