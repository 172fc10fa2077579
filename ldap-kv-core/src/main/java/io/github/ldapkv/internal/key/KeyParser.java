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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.unboundid.util.StaticUtils;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.KeyEscaping;
import io.github.ldapkv.internal.text.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a key: a path of RDNs from the root of the tree down, or an RFC 4514
 * distinguished name.
 */
final class KeyParser {

	private static final String[] USUAL_TYPES = { "uid", "cn", "ou", "dc", "o", "CN", "OU", "DC" };

	private final String text;

	private final boolean path;

	private int pos;

	private KeyParser(String text) {
		this.text = text;
		this.path = text.startsWith("/");
	}

	/**
	 * Parses a key.
	 * @return the RDNs, the one nearest to the root first
	 * @throws IllegalArgumentException if the key is malformed
	 */
	static List<Rdn> parse(String text) {
		if (text.isEmpty()) {
			throw new IllegalArgumentException("The key is empty. Write '/' for the base of the store.");
		}
		int half = Octets.halfOfPair(text);
		if (half >= 0) {
			throw malformed("Key", text, half, Octets.HALF_OF_PAIR);
		}
		return new KeyParser(text).parse();
	}

	/**
	 * Reads the first component of a DN alone.
	 * @return the component, or {@code null} if no other comes after it, or the text is
	 * not a DN
	 * @throws IllegalArgumentException if it is malformed
	 */
	static @Nullable Leaf leaf(String dn) {
		KeyParser parser = new KeyParser(dn);
		if (parser.path || dn.isEmpty() || Octets.halfOfPair(dn) >= 0) {
			return null;
		}
		Rdn rdn = parser.parseRdn();
		// What would be the first slash of a path is none behind a comma.
		boolean more = parser.at(',') && !dn.startsWith("/", parser.pos + 1);
		return more ? new Leaf(rdn, parser.pos) : null;
	}

	static IllegalArgumentException malformed(String what, String text, int position, String why) {
		return new IllegalArgumentException(what + " '" + Excerpt.of(text) + "' is malformed at position " + position
				+ ": " + Excerpt.ofWords(why));
	}

	private List<Rdn> parse() {
		List<Rdn> rdns = new ArrayList<>(4);
		if (this.path) {
			while (skipSlashes()) {
				// A component may hold several RDNs, written as in a DN.
				parseSequence(rdns);
			}
		}
		else {
			parseSequence(rdns);
		}
		return rdns;
	}

	private boolean skipSlashes() {
		while (this.pos < this.text.length() && this.text.charAt(this.pos) == '/') {
			this.pos++;
		}
		return this.pos < this.text.length();
	}

	/**
	 * Adds RDNs that are written leaf first.
	 */
	private void parseSequence(List<Rdn> rdns) {
		int start = rdns.size();
		rdns.add(parseRdn());
		while (at(',')) {
			this.pos++;
			rdns.add(parseRdn());
		}
		if (rdns.size() - start > 1) {
			Collections.reverse(rdns.subList(start, rdns.size()));
		}
	}

	private Rdn parseRdn() {
		Rdn.Ava first = parseAva();
		if (!at('+')) {
			return new Rdn(List.of(first));
		}
		List<Rdn.Ava> avas = new ArrayList<>(2);
		avas.add(first);
		Set<String> types = new HashSet<>(Set.of(first.foldedType()));
		while (at('+')) {
			this.pos++;
			int start = this.pos;
			Rdn.Ava next = parseAva();
			if (!types.add(next.foldedType())) {
				throw malformed(start, Rdn.twice(next.type()));
			}
			avas.add(next);
		}
		return new Rdn(avas);
	}

	private Rdn.Ava parseAva() {
		String type = parseType();
		skipSpaces();
		int start = this.pos;
		boolean encoded = at('#');
		Rdn.Ava ava = encoded ? parseEncoded(type) : Rdn.Ava.of(type, parseString());
		skipSpaces();
		if (this.pos == start) {
			throw malformed(start, "the value of '" + shorten(type)
					+ "' is empty. No directory has an entry whose name has an empty value.");
		}
		return ava;
	}

	private String parseType() {
		skipSpaces();
		int start = this.pos;
		while (this.pos < this.text.length() && !isTypeEnd(this.text.charAt(this.pos))) {
			this.pos++;
		}
		String type = type(start);
		if (!at('=')) {
			throw malformed(start, "'" + shorten(type) + "' is not of the form attribute=value. "
					+ "In a value, a literal comma is written \\, a plus sign \\+ and, in a path, a slash \\/");
		}
		if (!AttributeNames.isType(type)) {
			throw malformed(start, "'" + shorten(type) + "' is not an attribute type. "
					+ "A type is a letter, then letters, digits and hyphens, or a dotted number.");
		}
		this.pos++;
		return type;
	}

	/**
	 * The type that ends here. Nearly all names are of a few types, which they share.
	 */
	private String type(int start) {
		for (String usual : USUAL_TYPES) {
			if (usual.length() == this.pos - start && this.text.startsWith(usual, start)) {
				return usual;
			}
		}
		return this.text.substring(start, this.pos).stripTrailing();
	}

	private boolean isTypeEnd(char c) {
		return c == '=' || c == ',' || c == '+' || this.path && c == '/';
	}

	private String parseString() {
		int start = this.pos;
		while (this.pos < this.text.length() && isPlain(this.text.charAt(this.pos))) {
			this.pos++;
		}
		if (atValueEnd()) {
			return stripTrailingSpaces(this.text.substring(start, this.pos), 0);
		}
		StringBuilder value = new StringBuilder().append(this.text, start, this.pos);
		int keep = 0;
		while (!atValueEnd()) {
			char c = this.text.charAt(this.pos);
			if (c == '\\') {
				parseEscape(value);
				keep = value.length();
			}
			else if (isPlain(c) || c == '/') {
				refusePathWithoutLeadingSlash();
				value.append(c);
				this.pos++;
			}
			else {
				throw notPlain(c);
			}
		}
		return stripTrailingSpaces(value.toString(), keep);
	}

	/**
	 * In a DN a slash is a character like any other, but {@code ou=People/uid=jdoe} is
	 * more likely a path that lacks its first slash: no guess is made.
	 */
	private void refusePathWithoutLeadingSlash() {
		if (at('/') && KeyEscaping.readsAsPath(this.text, this.pos)) {
			throw malformed(this.pos, "this reads as a path without its leading slash. Write '/" + shorten(this.text)
					+ "' for the path; in a DN, write this slash as \\2F");
		}
	}

	private static boolean isPlain(char c) {
		return switch (c) {
			case '\\', ',', '+', '/', '"', ';', '<', '>', '\0' -> false;
			default -> true;
		};
	}

	private IllegalArgumentException notPlain(char c) {
		if (c == '\0') {
			return malformed(this.pos, "a NUL in a value is written \\00");
		}
		return malformed(this.pos, "the character " + c + " in a value is written \\" + c);
	}

	private void parseEscape(StringBuilder value) {
		if (this.pos + 1 >= this.text.length()) {
			throw malformed(this.pos, "a backslash ends the key. A literal backslash is written \\\\");
		}
		char c = this.text.charAt(this.pos + 1);
		switch (c) {
			case ' ', '"', '#', '+', ',', ';', '<', '=', '>', '\\' -> {
				value.append(c);
				this.pos += 2;
			}
			case '/' -> {
				if (!this.path) {
					throw malformed(this.pos, "in a DN a slash needs no backslash");
				}
				value.append(c);
				this.pos += 2;
			}
			default -> parseHexPairs(value);
		}
	}

	private void parseHexPairs(StringBuilder value) {
		int start = this.pos;
		int end = start;
		while (end + 2 < this.text.length() && this.text.charAt(end) == '\\' && isHexPair(end + 1)) {
			end += 3;
		}
		ByteBuffer bytes = ByteBuffer.allocate((end - start) / 3);
		for (; this.pos < end; this.pos += 3) {
			bytes.put((byte) Integer.parseInt(this.text, this.pos + 1, this.pos + 3, 16));
		}
		if (this.pos == start) {
			throw malformed(start, "'" + this.text.substring(start, start + 2)
					+ "' is no escape. A backslash stands before one of \" + , ; < > = # \\, a space or two hex digits.");
		}
		String decoded = Octets.decode(bytes.flip());
		if (decoded == null) {
			throw malformed(start, "the escaped bytes are not UTF-8. Bytes that are no text are written as #, "
					+ "then the hex digits of their BER encoding (RFC 4514, section 2.4).");
		}
		value.append(decoded);
	}

	private Rdn.Ava parseEncoded(String type) {
		int start = this.pos++;
		while (this.pos < this.text.length() && Character.digit(this.text.charAt(this.pos), 16) >= 0) {
			this.pos++;
		}
		String hex = this.text.substring(start + 1, this.pos);
		int end = this.pos;
		skipSpaces();
		if (!atValueEnd() || hex.isEmpty() || hex.length() % 2 != 0 || !StaticUtils.isASCIIString(hex)) {
			throw malformed(start,
					"an unescaped # begins hex digits (RFC 4514, section 2.4). A literal # is written \\#");
		}
		this.pos = end;
		byte[] value = Octets.ofHexString(hex);
		if (value == null) {
			throw malformed(start, "the hex digits after # are not the BER encoding of a value");
		}
		return Rdn.Ava.of(type, value);
	}

	private boolean isHexPair(int index) {
		return index + 1 < this.text.length() && isHexDigit(this.text.charAt(index))
				&& isHexDigit(this.text.charAt(index + 1));
	}

	private static boolean isHexDigit(char c) {
		return c < 0x80 && Character.digit(c, 16) >= 0;
	}

	/**
	 * Drops trailing spaces, which are insignificant unless escaped.
	 */
	private static String stripTrailingSpaces(String value, int keep) {
		int end = value.length();
		while (end > keep && value.charAt(end - 1) == ' ') {
			end--;
		}
		return value.substring(0, end);
	}

	private boolean atValueEnd() {
		return this.pos >= this.text.length() || at(',') || at('+') || this.path && at('/');
	}

	private boolean at(char c) {
		return this.pos < this.text.length() && this.text.charAt(this.pos) == c;
	}

	private void skipSpaces() {
		while (at(' ')) {
			this.pos++;
		}
	}

	/**
	 * The first component of a DN.
	 *
	 * @param end where it ends
	 */
	record Leaf(Rdn rdn, int end) {

	}

	static String shorten(String part) {
		return (part.length() <= 60) ? part : part.substring(0, 60) + "...";
	}

	private IllegalArgumentException malformed(int position, String why) {
		return malformed("Key", this.text, position, why);
	}

}
