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

package io.github.ldapkv.autoconfigure.internal;

import org.springframework.dao.DataRetrievalFailureException;

/**
 * Thrown by the check at the start if the base of the store is not there, or may not be
 * seen by its account.
 */
public final class BaseNotFoundException extends DataRetrievalFailureException {

	private static final long serialVersionUID = 1;

	private final String base;

	public BaseNotFoundException(String base) {
		super("There is no entry at the base of the store, '" + base + "', or its account may not read it");
		this.base = base;
	}

	public String base() {
		return this.base;
	}

}
