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

package io.github.ldapkv.contract;

import java.util.Map;

import io.github.ldapkv.LdapKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The law of writes that differs on a server without the pre-read control: a deletion
 * looks first, to say whether the entry was there.
 */
public interface WithoutReadControls extends WriteLaws {

	@Test
	@Override
	default void anExistingEntryTakesOneRoundTrip() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(directory().requestsDuring(() -> store().put(key, Map.of("title", "x")))).containsExactly("MODIFY");
		assertThat(directory().requestsDuring(() -> store().putIfAbsent(at("uid=new"), person())))
			.containsExactly("ADD");
		store().delete(at("uid=new")); // finds out whether a server that says nothing
										// answers
		assertThat(directory().requestsDuring(() -> store().delete(key))).containsExactly("SEARCH 1.1", "DELETE");
	}

}
