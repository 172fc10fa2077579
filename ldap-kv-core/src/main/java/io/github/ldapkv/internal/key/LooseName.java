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

package io.github.ldapkv.internal.key;

import java.util.List;

/**
 * The values of a name, under whatever names of their attributes, and without the
 * characters that some rule of equality drops. It tells which other names a server may
 * take for the same, at hardly any cost for those that it cannot.
 */
public final class LooseName {

	private static final char FIRST_BEYOND_ASCII = 0x80;

	private final List<List<String>> rdns;

	public LooseName(RdnSequence name) {
		this.rdns = name.rdns().stream().map((rdn) -> values(rdn.avas())).toList();
	}

	/**
	 * Whether a key may have this name in it.
	 * @param depth how many components of the key come before
	 * @param key the key, which may be too short
	 */
	public boolean mayBeAt(int depth, RdnSequence key) {
		if (key.depth() - depth < this.rdns.size()) {
			return false;
		}
		for (int i = 0; i < this.rdns.size(); i++) {
			if (!mayBe(this.rdns.get(i), key.rdns().get(depth + i).avas())) {
				return false;
			}
		}
		return true;
	}

	private static boolean mayBe(List<String> values, List<Rdn.Ava> avas) {
		if (values.size() != avas.size()) {
			return false;
		}
		return (values.size() == 1) ? mayBe(values.get(0), avas.get(0)) : values.equals(values(avas));
	}

	/**
	 * What is composed with the characters after it does not become ASCII, so the first
	 * difference in ASCII decides.
	 */
	private static boolean mayBe(String value, Rdn.Ava ava) {
		String text = ava.value();
		int length = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == ' ' || c == '-') {
				continue;
			}
			if (length == value.length()) {
				return false;
			}
			char expected = value.charAt(length++);
			if (c >= FIRST_BEYOND_ASCII || expected >= FIRST_BEYOND_ASCII) {
				return value.equals(value(ava));
			}
			if (Character.toLowerCase(c) != expected) {
				return false;
			}
		}
		return length == value.length();
	}

	private static List<String> values(List<Rdn.Ava> avas) {
		return avas.stream().map(LooseName::value).sorted().toList();
	}

	private static String value(Rdn.Ava ava) {
		return ava.foldedValue().replace(" ", "").replace("-", "");
	}

}
