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

import java.util.List;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/**
 * No server of a pool answers: there is no connection, so that nothing was sent.
 */
public final class NoServerException extends LDAPException {

	/**
	 * Creates a failure.
	 * @param asked each server that was asked, with what came of it
	 * @param last the failure of the one that was asked last
	 */
	public NoServerException(List<String> asked, LDAPException last) {
		super(last.getResultCode().equals(ResultCode.TIMEOUT) ? ResultCode.TIMEOUT : ResultCode.SERVER_DOWN,
				String.join("; ", asked), last.getCause());
	}

}
