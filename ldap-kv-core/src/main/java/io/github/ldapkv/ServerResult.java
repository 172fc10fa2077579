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

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.naming.AuthenticationException;
import javax.naming.AuthenticationNotSupportedException;
import javax.naming.CommunicationException;
import javax.naming.ContextNotEmptyException;
import javax.naming.InvalidNameException;
import javax.naming.LimitExceededException;
import javax.naming.NameAlreadyBoundException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoPermissionException;
import javax.naming.OperationNotSupportedException;
import javax.naming.PartialResultException;
import javax.naming.ReferralException;
import javax.naming.ServiceUnavailableException;
import javax.naming.SizeLimitExceededException;
import javax.naming.TimeLimitExceededException;
import javax.naming.directory.AttributeInUseException;
import javax.naming.directory.InvalidAttributeIdentifierException;
import javax.naming.directory.InvalidAttributeValueException;
import javax.naming.directory.InvalidSearchFilterException;
import javax.naming.directory.NoSuchAttributeException;
import javax.naming.directory.SchemaViolationException;

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

	/**
	 * The types that JNDI has for result codes, but for that of referrals, which is
	 * abstract.
	 */
	private static final Map<Class<?>, Function<String, NamingException>> TYPES = Map.ofEntries(
			Map.entry(AttributeInUseException.class, AttributeInUseException::new),
			Map.entry(AuthenticationException.class, AuthenticationException::new),
			Map.entry(AuthenticationNotSupportedException.class, AuthenticationNotSupportedException::new),
			Map.entry(CommunicationException.class, CommunicationException::new),
			Map.entry(ContextNotEmptyException.class, ContextNotEmptyException::new),
			Map.entry(InvalidAttributeIdentifierException.class, InvalidAttributeIdentifierException::new),
			Map.entry(InvalidAttributeValueException.class, InvalidAttributeValueException::new),
			Map.entry(InvalidNameException.class, InvalidNameException::new),
			Map.entry(InvalidSearchFilterException.class, InvalidSearchFilterException::new),
			Map.entry(LimitExceededException.class, LimitExceededException::new),
			Map.entry(NameAlreadyBoundException.class, NameAlreadyBoundException::new),
			Map.entry(NameNotFoundException.class, NameNotFoundException::new),
			Map.entry(NoPermissionException.class, NoPermissionException::new),
			Map.entry(NoSuchAttributeException.class, NoSuchAttributeException::new),
			Map.entry(OperationNotSupportedException.class, OperationNotSupportedException::new),
			Map.entry(PartialResultException.class, PartialResultException::new),
			Map.entry(SchemaViolationException.class, SchemaViolationException::new),
			Map.entry(ServiceUnavailableException.class, ServiceUnavailableException::new),
			Map.entry(SizeLimitExceededException.class, SizeLimitExceededException::new),
			Map.entry(TimeLimitExceededException.class, TimeLimitExceededException::new));

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
		return presentable ? ex : result.saying(Excerpt.ofWords(result.diagnostic()), ex);
	}

	/**
	 * The exception of this result with other words of the server, of the same type.
	 */
	NamingException saying(String words, NamingException ex) {
		NamingException other = TYPES.getOrDefault(ex.getClass(), NamingException::new)
			.apply("[LDAP: error code " + this.code + " - " + words + "]");
		other.setStackTrace(ex.getStackTrace());
		return other;
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
