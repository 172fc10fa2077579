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

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.util.StaticUtils;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.KeyEscaping;
import io.github.ldapkv.internal.text.KeyEscaping.Notation;
import io.github.ldapkv.internal.text.NameFolding;
import io.github.ldapkv.internal.text.Octets;
import org.jspecify.annotations.Nullable;

/**
 * One component of a key: a relative distinguished name (RFC 4512, section 2.3.1), in
 * most cases a single attribute value assertion such as {@code uid=jdoe}.
 */
public final class Rdn implements Comparable<Rdn> {

	private static final Comparator<Ava> BY_NAME = Comparator.comparing(Ava::foldedType)
		.thenComparing(Ava::foldedValue);

	private final List<Ava> avas;

	private @Nullable String canonical;

	private int hash;

	public Rdn(List<Ava> avas) {
		this.avas = List.copyOf(avas);
	}

	public static Rdn of(String type, String value) {
		return new Rdn(List.of(Ava.of(type, value)));
	}

	/**
	 * RFC 4512, section 2.3.1: each attribute has one value in a name. Every server
	 * refuses such a name.
	 */
	static String twice(String type) {
		return "the attribute '" + Excerpt.of(type)
				+ "' stands twice in one component. A literal plus sign is written \\+";
	}

	public List<Ava> avas() {
		return this.avas;
	}

	/**
	 * How long its text is if nothing in it has to be escaped.
	 */
	int plainLength() {
		int length = this.avas.size() - 1;
		for (int i = 0; i < this.avas.size(); i++) {
			length += this.avas.get(i).type().length() + 1 + this.avas.get(i).value().length();
		}
		return length;
	}

	/**
	 * RFC 4514 text, in the spelling given.
	 */
	public void appendTo(StringBuilder text, Notation notation) {
		for (int i = 0; i < this.avas.size(); i++) {
			Ava ava = this.avas.get(i);
			text.append((i == 0) ? "" : "+").append(ava.type()).append('=');
			if (ava.encoded()) {
				text.append(ava.value());
			}
			else {
				KeyEscaping.appendEscaped(text, ava.value(), notation);
			}
		}
	}

	/**
	 * The text that all spellings of the name share, which few names are asked for.
	 */
	public String canonical() {
		String result = this.canonical;
		if (result == null) {
			result = fold();
			this.canonical = result;
		}
		return result;
	}

	private String fold() {
		StringBuilder text = new StringBuilder();
		for (Ava ava : sorted()) {
			text.append(text.isEmpty() ? "" : "+").append(ava.foldedType()).append('=');
			if (ava.encoded()) {
				text.append(ava.foldedValue());
			}
			else {
				KeyEscaping.appendEscaped(text, ava.foldedValue(), Notation.PATH);
			}
		}
		return text.toString();
	}

	private List<Ava> sorted() {
		return (this.avas.size() == 1) ? this.avas : this.avas.stream().sorted(BY_NAME).toList();
	}

	@Override
	public int compareTo(Rdn other) {
		return canonical().compareTo(other.canonical());
	}

	@Override
	public boolean equals(Object other) {
		return this == other
				|| other instanceof Rdn rdn && (this.avas.equals(rdn.avas) || canonical().equals(rdn.canonical()));
	}

	@Override
	public int hashCode() {
		int result = this.hash;
		if (result == 0) {
			for (int i = 0; i < this.avas.size(); i++) {
				Ava ava = this.avas.get(i);
				result += 31 * ava.foldedType().hashCode() + ava.foldedValue().hashCode();
			}
			this.hash = result;
		}
		return result;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		appendTo(text, Notation.DN);
		return text.toString();
	}

	/**
	 * An attribute type with a value.
	 *
	 * @param type the attribute type, as spelled
	 * @param value the value, unescaped; the {@code #} form of RFC 4514 if encoded
	 * @param encoded whether the value is not text, and stands in its {@code #} form
	 */
	public record Ava(String type, String value, boolean encoded) {

		/**
		 * A value that is text.
		 */
		public static Ava of(String type, String value) {
			return new Ava(type, value, false);
		}

		/**
		 * The value that the bytes are: text, if they are the UTF-8 of one.
		 */
		static Ava of(String type, byte[] value) {
			String text = Octets.decode(value);
			return (text != null && !text.isEmpty()) ? of(type, text)
					: new Ava(type, "#" + StaticUtils.toHex(new ASN1OctetString(value).encode()), true);
		}

		/**
		 * The text that a pattern is matched against: folded, nothing escaped.
		 */
		String matchText() {
			return foldedType() + '=' + foldedValue();
		}

		/**
		 * The value as an attribute has it: text, or bytes.
		 */
		public Object decoded() {
			return this.encoded ? Objects.requireNonNull(Octets.ofHexString(this.value.substring(1))) : this.value;
		}

		public String foldedType() {
			return AttributeNames.lower(this.type);
		}

		public String foldedValue() {
			return this.encoded ? AttributeNames.lower(this.value) : NameFolding.fold(this.value);
		}

	}

}
