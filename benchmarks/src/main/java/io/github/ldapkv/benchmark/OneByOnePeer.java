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

package io.github.ldapkv.benchmark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The store without its verbs for several entries at once.
 */
final class OneByOnePeer extends StorePeer {

	OneByOnePeer(ServerAddress server) {
		super(server);
	}

	@Override
	public Map<String, ?> getAll(Collection<String> uids) {
		Map<String, Object> entries = new LinkedHashMap<>();
		uids.forEach((uid) -> entries.put(uid, get(uid)));
		return entries;
	}

	@Override
	public void putAll(Map<String, String> descriptions) {
		descriptions.forEach(this::put);
	}

}
