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

import java.nio.channels.ClosedByInterruptException;
import java.util.Set;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/**
 * What a failure says of its connection.
 */
public final class ConnectionFailures {

	/**
	 * The codes that the SDK has for a connection that is lost, or in a state that nobody
	 * knows.
	 */
	private static final Set<ResultCode> BROKEN = Set.of(ResultCode.SERVER_DOWN, ResultCode.CONNECT_ERROR,
			ResultCode.TIMEOUT, ResultCode.USER_CANCELED, ResultCode.ENCODING_ERROR, ResultCode.DECODING_ERROR);

	private ConnectionFailures() {
	}

	/**
	 * Whether the connection is gone, or is to be given up.
	 */
	public static boolean isBroken(LDAPException ex) {
		return ex.getResultCode().equals(ResultCode.UNAVAILABLE) || BROKEN.contains(ex.getResultCode());
	}

	/**
	 * Whether the server has refused a request, and so has done nothing of it.
	 */
	public static boolean isRefusal(LDAPException ex) {
		return isAnswer(ex) && !isBroken(ex);
	}

	/**
	 * Whether the server has refused an account, for whatever reason, and not only had no
	 * time for it.
	 */
	public static boolean isRefusedBind(LDAPException ex) {
		return isAnswer(ex) && !isPassing(ex);
	}

	/**
	 * Whether the server has said it.
	 */
	static boolean isAnswer(LDAPException ex) {
		return !ex.getResultCode().isClientSideResultCode();
	}

	/**
	 * Whether the caller has waited for an answer in vain.
	 */
	public static boolean isTimeout(LDAPException ex) {
		return ex.getResultCode().equals(ResultCode.TIMEOUT);
	}

	/**
	 * Whether the same request may well succeed in a moment, so that nothing is to be
	 * concluded from its failure.
	 */
	public static boolean isPassing(LDAPException ex) {
		return isBroken(ex) || ex.getResultCode().equals(ResultCode.BUSY);
	}

	/**
	 * Whether the caller was interrupted, which says nothing about the server. Not every
	 * wire leaves the thread's interrupt flag.
	 */
	public static boolean isInterruption(LDAPException ex) {
		return ex.getResultCode().equals(ResultCode.USER_CANCELED)
				|| ex.getCause() instanceof ClosedByInterruptException
				|| isBroken(ex) && Thread.currentThread().isInterrupted();
	}

}
