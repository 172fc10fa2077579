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

package io.github.ldapkv.internal.wire;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.jspecify.annotations.Nullable;

/**
 * A server that had answered does not any more: the connection to it has ended, or an
 * answer has not come in time.
 */
public final class LostConnectionException extends LDAPException {

	private final String reason;

	/**
	 * Creates a failure.
	 * @param server the server, for the message
	 * @param reason what became of the connection
	 */
	public LostConnectionException(ResultCode code, String server, String reason, @Nullable Throwable cause) {
		super(code, server + ": " + reason, cause);
		this.reason = reason;
	}

	/**
	 * What became of the connection, without the server.
	 */
	public String reason() {
		return this.reason;
	}

}
