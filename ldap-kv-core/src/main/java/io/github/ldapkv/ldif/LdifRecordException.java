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

package io.github.ldapkv.ldif;

/**
 * An entry of an LDIF file cannot be read. Those after it can.
 */
final class LdifRecordException extends IllegalArgumentException {

	static final String PREFIX = "Line %d of the LDIF cannot be loaded: ";

	private static final long serialVersionUID = 1;

	/**
	 * The number of the line that is to blame.
	 */
	private final long line;

	LdifRecordException(long line, String reason) {
		super(PREFIX.formatted(line) + reason);
		this.line = line;
	}

	/**
	 * An entry that the store refuses.
	 */
	LdifRecordException(long line, IllegalArgumentException cause) {
		super(PREFIX.formatted(line) + cause.getMessage(), cause);
		this.line = line;
	}

	long line() {
		return this.line;
	}

}
