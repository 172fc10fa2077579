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

package io.github.ldapkv.internal.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Exception;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.util.StaticUtils;
import org.jspecify.annotations.Nullable;

/**
 * Values as the octet strings that they are on the wire: the text {@code a} and the byte
 * {@code 0x61} are the same value.
 */
public final class Octets {

	/**
	 * Why such a text is refused.
	 */
	public static final String HALF_OF_PAIR = "half of a surrogate pair is no character, and cannot be sent. The text was "
			+ "cut in the middle of one, as substring does";

	private static final char REPLACEMENT = '\uFFFD';

	private Octets() {
	}

	/**
	 * The place of a surrogate that is without its other half. In UTF-8 each such text
	 * would become the same question mark.
	 * @return its index, or -1
	 */
	public static int halfOfPair(CharSequence text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isSurrogate(c)) {
				if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
					return i;
				}
				i++;
			}
		}
		return -1;
	}

	/**
	 * The octets of a value: those of a text are UTF-8.
	 * @param value a {@code String} or a {@code byte[]}, which is copied
	 */
	public static byte[] of(Object value) {
		return (value instanceof byte[] bytes) ? bytes.clone() : ((String) value).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Reads UTF-8 strictly.
	 * @return the text, or {@code null} if the bytes are not UTF-8
	 */
	public static @Nullable String decode(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		// A replacement may also stand in the bytes themselves.
		return (text.indexOf(REPLACEMENT) < 0) ? text : decode(ByteBuffer.wrap(bytes));
	}

	public static @Nullable String decode(ByteBuffer bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	/**
	 * Reads the hex digits that follow {@code #} in a name (RFC 4514, section 2.4).
	 * @return the value, or {@code null} if they are not the BER encoding of one
	 */
	public static byte @Nullable [] ofHexString(String hex) {
		try {
			return ASN1OctetString.decodeAsOctetString(ASN1Element.decode(StaticUtils.fromHex(hex))).getValue();
		}
		catch (ASN1Exception | ParseException ex) {
			return null;
		}
	}

	/**
	 * Whether the lists hold the same values as often, in any order.
	 */
	public static boolean sameValues(List<Object> values, List<Object> others) {
		if (values.size() != others.size()) {
			return false;
		}
		if (values.size() == 1) {
			return comparable(values.get(0)).equals(comparable(others.get(0)));
		}
		return counted(values).equals(counted(others));
	}

	/**
	 * The values, and those of the others that are not among them.
	 */
	public static List<Object> union(List<Object> values, List<Object> others) {
		List<Object> all = new ArrayList<>(values);
		all.addAll(difference(others, values));
		return all;
	}

	/**
	 * The values that are not among the others.
	 */
	public static List<Object> difference(List<Object> values, List<Object> others) {
		Set<Object> known = others.stream().map(Octets::comparable).collect(Collectors.toSet());
		return values.stream().filter((value) -> !known.contains(comparable(value))).toList();
	}

	public static int hash(List<Object> values) {
		int hash = 0;
		for (Object value : values) {
			hash += comparable(value).hashCode();
		}
		return hash;
	}

	private static Map<Object, Integer> counted(List<Object> values) {
		Map<Object, Integer> counts = new HashMap<>();
		values.forEach((value) -> counts.merge(comparable(value), 1, Integer::sum));
		return counts;
	}

	/**
	 * A value in a form in which equal ones are equal objects.
	 */
	public static Object comparable(Object value) {
		if (value instanceof byte[] bytes) {
			String text = decode(bytes);
			return (text != null) ? text : ByteBuffer.wrap(bytes);
		}
		return value;
	}

}
