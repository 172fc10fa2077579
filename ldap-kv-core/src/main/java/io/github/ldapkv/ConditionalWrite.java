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

package io.github.ldapkv;

import io.github.ldapkv.internal.operation.Target;

/**
 * One write on condition that the entry has a version: what is asked for, and how far it
 * has got.
 */
final class ConditionalWrite {

	private final Target target;

	private final LdapValue value;

	private final Version expected;

	private boolean acknowledged;

	/**
	 * Describes a write of which nothing is done yet.
	 * @param value what is given, to explain a refusal by
	 * @param expected the version that the entry has to have
	 */
	ConditionalWrite(Target target, LdapValue value, Version expected) {
		this.target = target;
		this.value = value;
		this.expected = expected;
	}

	Target target() {
		return this.target;
	}

	LdapValue value() {
		return this.value;
	}

	Version expected() {
		return this.expected;
	}

	/**
	 * The server says that it is done, whatever fails after that.
	 */
	void acknowledge() {
		this.acknowledged = true;
	}

	boolean isAcknowledged() {
		return this.acknowledged;
	}

}
