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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.naming.AuthenticationException;
import javax.naming.ContextNotEmptyException;
import javax.naming.NameAlreadyBoundException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.directory.NoSuchAttributeException;
import javax.naming.ReferralException;

import com.unboundid.ldap.sdk.ResultCode;

/**
 * The result of an LDAP operation (RFC 4511, section 4.1.9) as JNDI tells it: the code
 * stands in the text of the exception only, and is read here only.
 *
 * @param code the result code; -1 if there is none, since no server answered
 * @param diagnostic the server's own words
 */
record ServerResult(int code, String diagnostic) {

	static final int NO_ANSWER = -1;

	static final int OPERATIONS_ERROR = 1;

	static final int REFERRAL = 10;

	static final int ADMIN_LIMIT_EXCEEDED = 11;

	static final int UNAVAILABLE_CRITICAL_EXTENSION = 12;

	static final int NO_SUCH_ATTRIBUTE = 16;

	static final int ATTRIBUTE_OR_VALUE_EXISTS = 20;

	static final int NO_SUCH_OBJECT = 32;

	static final int INSUFFICIENT_ACCESS_RIGHTS = 50;

	static final int BUSY = 51;

	static final int UNAVAILABLE = 52;

	static final int UNWILLING_TO_PERFORM = 53;

	static final int NAMING_VIOLATION = 64;

	static final int OBJECT_CLASS_VIOLATION = 65;

	static final int NOT_ALLOWED_ON_RDN = 67;

	static final int ENTRY_ALREADY_EXISTS = 68;

	static final int OTHER = 80;

	/**
	 * RFC 4528, section 3.
	 */
	static final int ASSERTION_FAILED = 122;

	private static final Pattern MESSAGE = Pattern.compile("\\[LDAP: error code (\\d+)(?: - (.*)|[\\s\\]\0]*+)$",
			Pattern.DOTALL);

	/**
	 * ApacheDS repeats the whole request, with the passwords in it, and adds a Java stack
	 * trace. Its own words stand between the two.
	 */
	private static final Pattern REPEATED_REQUEST = Pattern
		.compile("^(.*?)failed for MessageType :(?:.*\\n: ([^\\n]*?):?(?:\\n.*)?|.*)$", Pattern.DOTALL);

	static ServerResult of(NamingException ex) {
		String message = (ex.getMessage() != null) ? ex.getMessage() : "";
		Matcher matcher = MESSAGE.matcher(message);
		if (!matcher.find()) {
			// A reference among the results of a search comes without a code.
			return (ex instanceof ReferralException) ? new ServerResult(REFERRAL, message)
					: new ServerResult(NO_ANSWER, message);
		}
		String words = (matcher.group(2) != null) ? withoutBracket(matcher.group(2).replace("\0", "").strip()) : "";
		return new ServerResult(Integer.parseInt(matcher.group(1)), withoutRequest(words).strip());
	}

	/**
	 * The bracket is JNDI's, and not always there.
	 */
	private static String withoutBracket(String words) {
		return words.endsWith("]") ? words.substring(0, words.length() - 1).stripTrailing() : words;
	}

	private static String withoutRequest(String words) {
		Matcher matcher = REPEATED_REQUEST.matcher(words);
		if (!matcher.matches()) {
			return words;
		}
		return matcher.group(1) + ((matcher.group(2) != null) ? matcher.group(2) : "");
	}

	/**
	 * The exception as others may see it: without a request that the server repeats in
	 * its answer, no longer than needed, and fit for a log. What JNDI adds to it is a
	 * name as the caller has given it, which is in the message already.
	 */
	static NamingException presentable(NamingException ex) {
		ex.setRemainingName(null);
		ex.setResolvedName(null);
		ServerResult result = of(ex);
		String message = ex.getMessage();
		if (message == null || result.code() == NO_ANSWER) {
			return ex;
		}
		boolean presentable = !REPEATED_REQUEST.matcher(message).matches() && Excerpt.ofWords(message).equals(message);
		return presentable ? ex
				: saying("[LDAP: error code " + result.code() + " - " + Excerpt.ofWords(result.diagnostic()) + "]", ex);
	}

	/**
	 * The exception with other words. It is of the same type as far as somebody looks at
	 * that.
	 */
	static NamingException saying(String message, NamingException ex) {
		NamingException other = ofTypeOf(ex, message);
		other.setStackTrace(ex.getStackTrace());
		return other;
	}

	private static NamingException ofTypeOf(NamingException ex, String message) {
		if (ex instanceof AuthenticationException) {
			return new AuthenticationException(message);
		}
		if (ex instanceof NameNotFoundException) {
			return new NameNotFoundException(message);
		}
		if (ex instanceof NameAlreadyBoundException) {
			return new NameAlreadyBoundException(message);
		}
		if (ex instanceof NoSuchAttributeException) {
			return new NoSuchAttributeException(message);
		}
		if (ex instanceof ContextNotEmptyException) {
			return new ContextNotEmptyException(message);
		}
		return (ex instanceof OperationNotSupportedException) ? new OperationNotSupportedException(message)
				: new NamingException(message);
	}

	/**
	 * The code's name as in RFC 4511, with the code.
	 */
	String name() {
		StringBuilder name = new StringBuilder();
		boolean upper = false;
		for (char c : ResultCode.valueOf(this.code).getName().toCharArray()) {
			if (c == ' ' || c == '-') {
				upper = true;
			}
			else {
				name.append(upper ? Character.toUpperCase(c) : c);
				upper = false;
			}
		}
		return name.append(" (").append(this.code).append(')').toString();
	}

}
