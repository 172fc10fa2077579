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

import javax.naming.NamingException;

/**
 * A failure before the end of a transaction was sent: whatever the server has got, it
 * does nothing of it.
 */
final class UncommittedException extends NamingException {

	private static final long serialVersionUID = 1;

	private final transient NamingException failure;

	UncommittedException(NamingException failure) {
		super(failure.getMessage());
		this.failure = (failure instanceof UncommittedException uncommitted) ? uncommitted.failure : failure;
	}

	NamingException failure() {
		return this.failure;
	}

}
