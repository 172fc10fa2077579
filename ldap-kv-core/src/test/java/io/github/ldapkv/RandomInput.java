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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.key.Rdn;

/**
 * Keys, in all their spellings, and values, for entries that have odd ones.
 */
final class RandomInput {

	private static final List<String> TEXTS = List.of("a", "A", "b c", "B  C", " a", "a/b", "x,y", "x+y=z", "\"q\"",
			"\\", "#1", "a*", "(a)", "é", "É", "日本", "\uD83D\uDE00", "<a;b>", "{x}", "[y]?", "0", "00");

	private static final List<String> PHONES = List.of("1-2", "12", "1 2", "+49 1", "+491", "+49-1", "7");

	private static final List<String> NAMES = List.of("cn=a,dc=x", "CN=A, DC=X", "cn=a\\, b,dc=x", "cn=\"a, B\",dc=x",
			"cn=x+sn=y,dc=x", "sn=Y+cn=X,dc=X", "telephoneNumber=12,dc=x");

	private static final List<String> NUMBERS = List.of("0", "1", "-1", "41", "9223372036854775807");

	/**
	 * Attributes whose values the embedded directory compares as their types say, also in
	 * a Modify that adds and removes some.
	 */
	static final List<String> COMPARED_AS_TEXT = List.of("cn", "sn", "description", "title", "description;lang-de",
			"carLicense", "employeeNumber", "jpegPhoto", "userPassword");

	static final List<String> ATTRIBUTES = List.of("cn", "sn", "description", "title", "description;lang-de",
			"carLicense", "labeledURI", "telephoneNumber", "seeAlso", "employeeNumber", "jpegPhoto", "userPassword");

	private final Random random;

	private final LdapKey area;

	/**
	 * Whether the directory knows more of names than that they ignore case.
	 */
	private final boolean aliases;

	/**
	 * Makes input.
	 * @param aliases whether the directory knows attributes by all of their names, and
	 * compares names as the types of their values say
	 */
	RandomInput(Random random, LdapKey area, boolean aliases) {
		this.random = random;
		this.aliases = aliases;
		this.area = area;
	}

	<T> T any(List<T> of) {
		return of.get(this.random.nextInt(of.size()));
	}

	private boolean oneIn(int n) {
		return this.random.nextInt(n) == 0;
	}

	/**
	 * A key that may or may not have an entry, or a parent.
	 */
	LdapKey key(List<LdapKey> there) {
		if (!there.isEmpty() && oneIn(2)) {
			return any(there);
		}
		LdapKey parent = (there.isEmpty() || oneIn(3)) ? this.area : any(there);
		if (oneIn(12)) {
			parent = child(parent);
		}
		return child((parent.path().depth() < this.area.path().depth() + 4) ? parent : this.area);
	}

	private LdapKey child(LdapKey parent) {
		return switch (this.random.nextInt(this.aliases ? 10 : 8)) {
			case 8 -> parent.child("telephoneNumber", any(PHONES));
			case 9 -> parent.child("seeAlso", any(NAMES));
			case 2 -> new LdapKey(parent.path()
				.child(new Rdn(List.of(new Rdn.Ava("cn", any(TEXTS), false), new Rdn.Ava("sn", any(TEXTS), false)))));
			case 3 -> parent.child("employeeNumber", any(NUMBERS));
			case 4 -> parent.child("description", any(TEXTS));
			case 5 -> parent.child("uid", any(TEXTS));
			default -> parent.child("cn", any(TEXTS));
		};
	}

	/**
	 * The key in another spelling that is equal to it.
	 */
	CharSequence respelled(LdapKey key) {
		LdapKey respelled = new LdapKey(KeyPath.of(key.path().rdns().stream().map((rdn) -> {
			List<Rdn.Ava> avas = new ArrayList<>(rdn.avas()
				.stream()
				.map((ava) -> new Rdn.Ava(oneIn(4) ? ava.type().toUpperCase(Locale.ROOT) : ava.type(),
						respelled(ava.value()), false))
				.toList());
			if (oneIn(2)) {
				Collections.reverse(avas);
			}
			return new Rdn(avas);
		}).toList()));
		return switch (this.random.nextInt(4)) {
			case 0 -> respelled;
			case 1 -> respelled.dn();
			case 2 -> respelled.toString().replace("=a", "=\\61") + "/";
			default -> respelled.toString();
		};
	}

	private String respelled(String value) {
		return switch (this.random.nextInt(6)) {
			case 0 -> value.toUpperCase(Locale.ROOT);
			case 1 -> value.toLowerCase(Locale.ROOT);
			case 2 -> value.contains("=") ? value : value.replace(" ", "  ");
			default -> value;
		};
	}

	/**
	 * The key by other names of its attributes, and in what only a server takes for
	 * equal.
	 */
	CharSequence renamed(LdapKey key) {
		if (oneIn(3)) {
			return new LdapKey(KeyPath.of(key.path()
				.rdns()
				.stream()
				.map((rdn) -> new Rdn(rdn.avas().stream().map((ava) -> switch (ava.type()) {
					case "cn" ->
						new Rdn.Ava(this.aliases ? any(List.of("commonName", "2.5.4.3")) : "cn", ava.value(), false);
					case "telephoneNumber" ->
						new Rdn.Ava(ava.type(), this.aliases ? ava.value().replace("-", " ") : ava.value(), false);
					default -> ava;
				}).toList()))
				.toList()));
		}
		return respelled(key);
	}

	/**
	 * Attributes for an entry, which it may have already.
	 */
	LdapValue value(LdapKey key) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		if (!oneIn(8)) {
			attributes.put(oneIn(4) ? "OBJECTCLASS" : "objectClass", oneIn(2)
					? List.of("inetOrgPerson", "extensibleObject") : List.of("extensibleObject", "inetOrgPerson"));
		}
		if (!oneIn(10)) {
			attributes.put("sn", values(key, "sn", 1));
			attributes.put("cn", values(key, "cn", 1));
		}
		for (int i = this.random.nextInt(4); i > 0; i--) {
			String name = any(ATTRIBUTES);
			attributes.putIfAbsent(name, values(key, name, oneIn(10) ? 0 : 1));
		}
		return LdapValue.of(attributes);
	}

	/**
	 * Values of an attribute, mostly with those that the key has.
	 */
	private List<Object> values(LdapKey key, String name, int least) {
		List<Object> values = new ArrayList<>();
		boolean agreeing = !oneIn(15);
		for (Rdn.Ava ava : key.path().rdns().get(key.path().depth() - 1).avas()) {
			// A contradiction in other names is for the server to find, which may mend
			// it.
			if (ReferenceNames.type(ava.type()).equalsIgnoreCase(name)
					&& (agreeing || !ava.type().equalsIgnoreCase(name))) {
				values.add(name.equals("seeAlso") ? ava.value() : respelled(ava.value()));
			}
		}
		boolean single = name.equals("employeeNumber");
		int most = single && !(this.aliases && oneIn(15)) ? 1 : Math.max(values.size(), least + this.random.nextInt(3));
		while (values.size() < most) {
			Object next = one(name);
			if (values.stream()
				.map((value) -> ReferenceNames.normal(name, value))
				.noneMatch(ReferenceNames.normal(name, next)::equals)) {
				values.add(next);
			}
		}
		return (least == 0 && values.isEmpty()) ? List.of() : values;
	}

	Object one(String name) {
		return switch (name) {
			case "telephoneNumber" -> any(PHONES);
			case "seeAlso" -> any(NAMES);
			case "employeeNumber" -> oneIn(3) ? any(TEXTS) : any(NUMBERS);
			case "labeledURI" -> any(List.of("http://a", "http://A", "http://a  b", "http://a b"));
			case "jpegPhoto", "userPassword" -> new byte[] { (byte) this.random.nextInt(4), -1, 0, (byte) 0xC3 };
			default -> any(TEXTS);
		};
	}

	/**
	 * Changes for a patch.
	 */
	LdapPatch patch(LdapKey key, List<String> attributes) {
		LdapPatch patch = new LdapPatch();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			String name = any(attributes);
			if ("employeeNumber".equals(name) && patch.toString().contains(name) || "userPassword".equals(name)) {
				// Whether it may have two values for a moment is for the server to say,
				// and a password that is removed has to be the right one.
				continue;
			}
			switch (this.random.nextInt(4)) {
				case 0 -> patch.set(name, values(key, name, 1).toArray());
				case 1 -> patch.remove(name, one(name));
				case 2 -> patch.unset(name);
				default -> patch.add(name, one(name));
			}
		}
		return patch;
	}

	KeyQuery query(KeyPattern pattern, List<LdapKey> there) {
		KeyQuery query = KeyQuery.of(pattern.toString());
		if (oneIn(3)) {
			query = query.limit(this.random.nextInt(6));
		}
		if (oneIn(4)) {
			query = query.offset(this.random.nextInt(4));
		}
		if (oneIn(4)) {
			query = query.after(respelled(key(there)));
		}
		return query;
	}

	static String shown(Map<?, ?> values) {
		return values.entrySet().stream().map(Object::toString).collect(Collectors.joining("; "));
	}

}
