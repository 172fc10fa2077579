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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.text.Octets;

/**
 * Takes the secrets that a server was sent out of what it answers: some servers say which
 * password was wrong.
 */
public final class SentSecrets {

	private SentSecrets() {
	}

	/**
	 * The exception without the secrets that were sent.
	 * @param sent the secrets, as text or bytes
	 */
	public static LDAPException removedFrom(LDAPException ex, Stream<Object> sent) {
		return without(ex,
				sent.flatMap(SentSecrets::spellings)
					.sorted(Comparator.comparingInt(String::length).reversed())
					.toList());
	}

	/**
	 * The exception without a password that was sent.
	 */
	public static LDAPException removedFrom(LDAPException ex, String password) {
		return without(ex, List.of(password));
	}

	/**
	 * Only the server's words are looked through.
	 */
	private static LDAPException without(LDAPException ex, List<String> secrets) {
		ServerResult result = ServerResult.of(ex);
		List<String> shown = secrets.stream().filter((secret) -> !secret.isEmpty()).map(Pattern::quote).toList();
		if (result.code() == ServerResult.NO_ANSWER || shown.isEmpty()) {
			return ex;
		}
		Matcher secret = Pattern.compile(String.join("|", shown)).matcher(result.diagnostic());
		return secret.find() ? ServerResult.saying(secret.replaceAll("***"), ex) : ex;
	}

	/**
	 * A password of Active Directory is in quotes, in UTF-16.
	 */
	private static Stream<String> spellings(Object value) {
		byte[] bytes = Octets.of(value);
		String text = Octets.decode(ByteBuffer.wrap(bytes));
		String wide = new String(bytes, StandardCharsets.UTF_16LE);
		boolean quoted = wide.length() > 2 && wide.startsWith("\"") && wide.endsWith("\"");
		return Stream.of((text != null) ? text : "", quoted ? wide.substring(1, wide.length() - 1) : "",
				Base64.getEncoder().encodeToString(bytes));
	}

}
