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

import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;

/**
 * What a directory takes for equal, told without a schema and without the classes under
 * test that do the same.
 */
final class ReferenceNames {

	private ReferenceNames() {
	}

	/**
	 * What all spellings of a key share.
	 */
	static String of(LdapKey key) {
		return of(key.path());
	}

	static String of(KeyPath name) {
		return name.rdns()
			.stream()
			.map((rdn) -> "\u0001" + rdn.avas()
				.stream()
				.map((ava) -> type(ava.type()) + "=" + normal(ava.type(), ava.value()))
				.sorted()
				.collect(Collectors.joining("\u0002")))
			.collect(Collectors.joining());
	}

	/**
	 * Whether a pattern means a key: what stands before its first wildcard names an entry
	 * by the directory's own rules, and the rest is matched.
	 */
	static boolean match(KeyPattern pattern, LdapKey key) {
		int depth = pattern.literalDepth();
		return key.path().depth() >= depth && of(key.path().first(depth)).equals(of(pattern.literalPrefix(depth)))
				&& pattern.withoutFirst(depth).matches(key.path().withoutFirst(depth));
	}

	static String type(String spelled) {
		String lower = spelled.toLowerCase(Locale.ROOT);
		return switch (lower) {
			case "commonname", "2.5.4.3" -> "cn";
			case "surname", "2.5.4.4" -> "sn";
			default -> lower;
		};
	}

	/**
	 * What all values share that a directory takes for equal.
	 */
	static String normal(String attribute, Object value) {
		if (!(value instanceof String text)) {
			return Base64.getEncoder().encodeToString((byte[]) value);
		}
		String squeezed = text.strip().replaceAll(" +", " ");
		return switch (type(attribute).replaceAll(";.*", "")) {
			case "labeleduri" -> squeezed;
			case "telephonenumber" -> text.replaceAll("[ -]", "").toLowerCase(Locale.ROOT);
			case "seealso" -> normalDn(text);
			default -> squeezed.toLowerCase(Locale.ROOT);
		};
	}

	/**
	 * A pattern may have in the place of a DN what is none.
	 */
	private static String normalDn(String text) {
		try {
			return of(DistinguishedName.ofServerDn(text).asKey()).replace('\u0001', '\u0003')
				.replace('\u0002', '\u0004');
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

}
