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

package io.github.ldapkv.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Calls an observation {@code ldapkv.operation}, with the {@code operation} and the
 * {@code store} as values of low cardinality, and, if that is wanted, the {@code key} as
 * one of high cardinality. How the operation ended is not among them: Micrometer adds its
 * {@code error} to a timer, and there is none yet while the operation is running. It may
 * be extended.
 */
public class DefaultLdapKeyValueObservationConvention implements LdapKeyValueObservationConvention {

	private final boolean includeKeys;

	/**
	 * Creates a convention that leaves keys out.
	 */
	public DefaultLdapKeyValueObservationConvention() {
		this(false);
	}

	/**
	 * Creates a convention.
	 * @param includeKeys whether the key is a value of high cardinality
	 */
	public DefaultLdapKeyValueObservationConvention(boolean includeKeys) {
		this.includeKeys = includeKeys;
	}

	@Override
	public String getName() {
		return "ldapkv.operation";
	}

	@Override
	public String getContextualName(LdapKeyValueObservationContext context) {
		return "ldapkv " + context.getOperation();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(LdapKeyValueObservationContext context) {
		return KeyValues.of(KeyValue.of("operation", context.getOperation()), KeyValue.of("store", context.getStore()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(LdapKeyValueObservationContext context) {
		return this.includeKeys ? KeyValues.of("key", context.getKey()) : KeyValues.empty();
	}

}
