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
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import org.junit.jupiter.api.BeforeEach;

/**
 * A store to test, and for each test a part of the tree that no other one touches.
 */
public abstract class StoreTest implements Laws {

	private static final AtomicInteger AREAS = new AtomicInteger();

	private LdapKey area = LdapKey.of("/");

	@BeforeEach
	void createArea() {
		this.area = suffix().child("ou", "area-" + getClass().getSimpleName() + "-" + AREAS.incrementAndGet());
		store().put(this.area, Map.of("objectClass", "organizationalUnit"));
	}

	/**
	 * The key of the directory's suffix.
	 * @return an absolute key, or the root for a store that has it as its base
	 */
	protected abstract LdapKey suffix();

	@Override
	public abstract LdapKeyValueOperations store();

	@Override
	public final LdapKey area() {
		return this.area;
	}

}
