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

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.text.Excerpt;

/**
 * The result of an LDAP operation (RFC 4511, section 4.1.9), as the messages and the
 * decisions of the store have it.
 *
 * @param code the result code; -1 if there is none, since no server answered
 * @param diagnostic the server's own words
 */
public record ServerResult(int code, String diagnostic) {

	public static final int NO_ANSWER = -1;

	public static final int OPERATIONS_ERROR = 1;

	static final int REFERRAL = 10;

	static final int ADMIN_LIMIT_EXCEEDED = 11;

	public static final int UNAVAILABLE_CRITICAL_EXTENSION = 12;

	public static final int NO_SUCH_ATTRIBUTE = 16;

	public static final int ATTRIBUTE_OR_VALUE_EXISTS = 20;

	public static final int NO_SUCH_OBJECT = 32;

	public static final int INSUFFICIENT_ACCESS_RIGHTS = 50;

	static final int BUSY = 51;

	static final int UNAVAILABLE = 52;

	public static final int UNWILLING_TO_PERFORM = 53;

	public static final int NAMING_VIOLATION = 64;

	public static final int OBJECT_CLASS_VIOLATION = 65;

	public static final int NOT_ALLOWED_ON_RDN = 67;

	public static final int ENTRY_ALREADY_EXISTS = 68;

	public static final int OTHER = 80;

	/**
	 * RFC 4528, section 3.
	 */
	public static final int ASSERTION_FAILED = 122;

	/**
	 * ApacheDS repeats the whole request, with the passwords in it, and adds a Java stack
	 * trace. Its own words stand between the two.
	 */
	private static final Pattern REPEATED_REQUEST = Pattern
		.compile("^(.*?)failed for MessageType :(?:.*\\n: ([^\\n]*?):?(?:\\n.*)?|.*)$", Pattern.DOTALL);

	public static ServerResult of(LDAPException ex) {
		return ConnectionFailures.isAnswer(ex)
				? new ServerResult(ex.getResultCode().intValue(), withoutRequest(words(ex)).strip())
				: new ServerResult(NO_ANSWER, Objects.requireNonNullElse(ex.getMessage(), ""));
	}

	/**
	 * The words of the server; the SDK puts the name of the code in the message if there
	 * are none.
	 */
	private static String words(LDAPException ex) {
		return Objects.requireNonNullElse(ex.getDiagnosticMessage(), "");
	}

	/**
	 * Whether a write is refused as replicas refuse it: by a referral to where it is
	 * taken, or by what OpenLDAP says that knows of no such place.
	 */
	public boolean isOfReplica() {
		return this.code == REFERRAL || this.code == UNWILLING_TO_PERFORM && this.diagnostic.contains("shadow context");
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
	 * its answer, no longer than needed, and fit for a log.
	 */
	public static LDAPException presentable(LDAPException ex) {
		ServerResult result = of(ex);
		String words = Excerpt.ofWords(result.diagnostic());
		boolean presentable = result.code() == NO_ANSWER || words.equals(words(ex));
		return presentable ? ex : saying(words, ex);
	}

	/**
	 * An answer of the server with other words.
	 */
	static LDAPException saying(String words, LDAPException ex) {
		LDAPException other = new LDAPException(new LDAPResult(-1, ex.getResultCode(), words, ex.getMatchedDN(),
				ex.getReferralURLs(), ex.getResponseControls()));
		other.setStackTrace(ex.getStackTrace());
		return other;
	}

	/**
	 * The code's name as in RFC 4511, with the code.
	 */
	public String name() {
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
