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

import io.github.ldapkv.LdapKeyValueOperations;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

/**
 * What is known of an operation that is observed. To a tracer it is a call of another
 * service, which is told nothing of the trace: LDAP has no place for it.
 */
public final class LdapKeyValueObservationContext extends SenderContext<Object> {

	private final String operation;

	private final String key;

	private final String store;

	/**
	 * Makes the context of an operation.
	 * @param operation its name
	 * @param key the key or pattern
	 * @param store the name of the store
	 */
	public LdapKeyValueObservationContext(String operation, String key, String store) {
		super((carrier, name, value) -> {
		}, Kind.CLIENT);
		setCarrier(this);
		setRemoteServiceName("ldap");
		this.operation = operation;
		this.key = key;
		this.store = store;
	}

	/**
	 * The operation, by the name of its method in {@link LdapKeyValueOperations}. What is
	 * another form of a method counts as that: {@code getEntry} as {@code get}, a
	 * conditional write as the write. The commit of a Spring transaction is
	 * {@code atomically}.
	 * @return one of about twenty names
	 */
	public String getOperation() {
		return this.operation;
	}

	/**
	 * The key or pattern. Keys are often names of people.
	 * @return the key, shortened if it is long
	 */
	public String getKey() {
		return this.key;
	}

	/**
	 * The name of the store.
	 * @return the name that its builder was given
	 */
	public String getStore() {
		return this.store;
	}

}
