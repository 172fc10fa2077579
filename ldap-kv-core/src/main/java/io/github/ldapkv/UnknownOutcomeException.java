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

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A write of which nobody knows whether the server has done it: the connection was lost,
 * or the answer took too long, after the request was sent. It is not repeated.
 */
public final class UnknownOutcomeException extends DataAccessResourceFailureException {

	private static final long serialVersionUID = 1;

	UnknownOutcomeException(String message, Throwable cause) {
		super(message, cause);
	}

}
