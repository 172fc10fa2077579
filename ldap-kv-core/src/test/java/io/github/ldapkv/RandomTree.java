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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.key.Rdn;

/**
 * Entries with odd names below one area, and patterns that may or may not find them.
 */
final class RandomTree {

	private static final List<String> PIECES = List.of("a", "b", "J", "j", "do", "Doe", "é", "É", "日本", "\uD83D\uDE00",
			" ", "  ", ",", "+", "=", "\"", "\\", "#", ";", "<", ">", "/", "*", "?", "[", "]", "{", "}", "(", ")", "-",
			"!", ".", "0", "ß", "SS", "ı", "\u0301", "\u00A0", "\t");

	private final Random random;

	private final LdapKeyValueOperations store;

	private final LdapKey area;

	private final List<LdapKey> keys = new ArrayList<>();

	RandomTree(long seed, LdapKeyValueOperations store, LdapKey area) {
		this.random = new Random(seed);
		this.store = store;
		this.area = area;
		this.keys.add(area);
	}

	/**
	 * Creates entries.
	 * @return the keys of all entries that are there, as the store spells them
	 */
	List<LdapKey> grow(int entries) {
		for (int i = 0; i < entries; i++) {
			LdapKey parent = this.keys.get(this.random.nextInt(this.keys.size()));
			LdapKey key = child(parent);
			if (this.keys.contains(key)) {
				continue;
			}
			this.store.put(key,
					Map.of("objectClass", List.of("inetOrgPerson", "extensibleObject"), "cn",
							List.of(rdnValue(key, "cn"), "2nd " + text()), "sn",
							List.of(rdnValue(key, "sn"), "2nd " + text())));
			this.keys.add(key);
		}
		return List.copyOf(this.keys);
	}

	private static String rdnValue(LdapKey key, String type) {
		return key.path()
			.rdns()
			.get(key.path().depth() - 1)
			.avas()
			.stream()
			.filter((ava) -> ava.type().equals(type))
			.map(Rdn.Ava::value)
			.findFirst()
			.orElse("x");
	}

	private LdapKey child(LdapKey parent) {
		return switch (this.random.nextInt(8)) {
			case 0 -> parent.child("ou", text());
			case 1 -> parent.child("uid", text());
			// A DN has no substring rule, a telephone number one that ignores hyphens.
			case 2 -> parent.child("seeAlso", LdapKey.of("/").child("cn", text()).dn());
			case 3 -> parent.child("telephoneNumber", this.random.nextInt(9) + "-" + this.random.nextInt(9));
			case 4 -> LdapKey.of(parent + "/cn=" + LdapKey.of("/").child("cn", text()).toString().substring(4) + "+sn="
					+ LdapKey.of("/").child("sn", text()).toString().substring(4));
			default -> parent.child("cn", text());
		};
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			text.append(PIECES.get(this.random.nextInt(PIECES.size())));
		}
		// A space alone is no value to the servers.
		return text.toString().isBlank() ? "x" : text.toString();
	}

	/**
	 * Makes a pattern of the key of an entry, so that it has a chance to match.
	 */
	KeyPattern pattern() {
		return pattern(this.keys.get(this.random.nextInt(this.keys.size())));
	}

	/**
	 * Makes a pattern of a key, which may be that of no entry of this tree.
	 */
	KeyPattern pattern(LdapKey key) {
		while (true) {
			try {
				return KeyPattern.parse(patternText(key));
			}
			catch (IllegalArgumentException ex) {
				// The mutations broke it: the next one.
			}
		}
	}

	private String patternText(LdapKey key) {
		StringBuilder pattern = new StringBuilder(this.area.toString());
		for (int depth = this.area.path().depth(); depth < key.path().depth(); depth++) {
			String component = key.path().withoutFirst(depth).first(1).toString().substring(1);
			pattern.append('/').append(component(component));
		}
		if (this.random.nextInt(4) == 0) {
			pattern.append(List.of("/*", "/**", "/cn=*", "/**/*=*a*").get(this.random.nextInt(4)));
		}
		return pattern.toString();
	}

	private String component(String literal) {
		int equals = literal.indexOf('=');
		String type = literal.substring(0, equals + 1);
		String value = literal.substring(equals + 1)
			.replace("*", "\\*")
			.replace("?", "\\?")
			.replace("[", "\\[")
			.replace("{", "\\{");
		return switch (this.random.nextInt(9)) {
			case 0 -> "*";
			case 1 -> "**";
			case 2 -> type + "*";
			case 3 -> type + cut(value) + "*";
			case 4 -> type + "*" + value.substring(value.length() - 1);
			case 5 -> type + "{" + value + ",x}";
			case 6 -> "*=" + value;
			case 7 -> type + cut(value) + "?" + "*";
			default -> type + value;
		};
	}

	private String cut(String value) {
		return value.substring(0, this.random.nextInt(value.length() + 1));
	}

}
