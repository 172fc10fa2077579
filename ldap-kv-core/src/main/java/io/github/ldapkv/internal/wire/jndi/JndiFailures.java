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

package io.github.ldapkv.internal.wire.jndi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.naming.AuthenticationException;
import javax.naming.CommunicationException;
import javax.naming.InterruptedNamingException;
import javax.naming.NamingException;
import javax.naming.ReferralException;
import javax.naming.ServiceUnavailableException;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;

/**
 * What JNDI says of a failure, which is in the text of its exceptions and in their types.
 */
public final class JndiFailures {

	private static final Pattern MESSAGE = Pattern.compile("\\[LDAP: error code (\\d+)(?: - (.*)|[\\s\\]\0]*+)$",
			Pattern.DOTALL);

	private static final Pattern TIMED_OUT = Pattern.compile("timed out", Pattern.CASE_INSENSITIVE);

	private static final Pattern CLOSED = Pattern.compile("connection.*closed|socket closed", Pattern.CASE_INSENSITIVE);

	private JndiFailures() {
	}

	/**
	 * The failure with its result code. An answer of the server has no cause: JNDI's own
	 * exception repeats its words, and names that are known.
	 */
	public static LDAPException of(NamingException ex) {
		String message = (ex.getMessage() != null) ? ex.getMessage() : "";
		Matcher answer = MESSAGE.matcher(message);
		LDAPException failure;
		if (answer.find()) {
			String words = (answer.group(2) != null) ? withoutBracket(answer.group(2).replace("\0", "").strip()) : "";
			failure = answer(ResultCode.valueOf(Integer.parseInt(answer.group(1))), words);
		}
		else if (ex instanceof ReferralException) {
			// A reference among the results of a search comes without a code.
			failure = answer(ResultCode.REFERRAL, message);
		}
		else {
			return new LDAPException(withoutAnswer(ex), message, ex);
		}
		failure.setStackTrace(ex.getStackTrace());
		return failure;
	}

	/**
	 * The failure to get a connection, which another wire may have said already.
	 */
	public static LDAPException of(org.springframework.ldap.NamingException ex) {
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof LDAPException failure) {
				return failure;
			}
		}
		return of((ex.getCause() instanceof NamingException cause) ? cause : new NamingException(ex.getMessage()));
	}

	private static LDAPException answer(ResultCode code, String words) {
		return new LDAPException(new LDAPResult(-1, code, words.isEmpty() ? null : words, null, (String[]) null, null));
	}

	/**
	 * Whether the server has said it.
	 */
	static boolean isAnswer(NamingException ex) {
		return ex.getMessage() != null && MESSAGE.matcher(ex.getMessage()).find();
	}

	private static ResultCode withoutAnswer(NamingException ex) {
		if (ex instanceof InterruptedNamingException) {
			return ResultCode.USER_CANCELED;
		}
		if (matches(TIMED_OUT, ex)) {
			return ResultCode.TIMEOUT;
		}
		if (ex instanceof AuthenticationException) {
			return ResultCode.AUTH_UNKNOWN;
		}
		return (ex instanceof CommunicationException || ex instanceof ServiceUnavailableException
				|| matches(CLOSED, ex)) ? ResultCode.SERVER_DOWN : ResultCode.LOCAL_ERROR;
	}

	private static boolean matches(Pattern pattern, Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause.getMessage() != null && pattern.matcher(cause.getMessage()).find()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The bracket is JNDI's, and not always there.
	 */
	private static String withoutBracket(String words) {
		return words.endsWith("]") ? words.substring(0, words.length() - 1).stripTrailing() : words;
	}

}
