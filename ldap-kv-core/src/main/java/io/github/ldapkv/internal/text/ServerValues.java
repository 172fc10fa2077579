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

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

import com.unboundid.asn1.ASN1OctetString;

/**
 * The values of an attribute as a server has sent them. They stay octets: text is made of
 * one each time that somebody asks for it, which most callers do once or never, and is
 * not kept beside them.
 */
public abstract sealed class ServerValues extends AbstractList<Object> implements RandomAccess {

	private final boolean binary;

	private ServerValues(boolean binary) {
		this.binary = binary;
	}

	/**
	 * Takes over the values of an attribute. Each has an array of its own in the SDK, so
	 * that none keeps the message in which it came.
	 * @param values the values, one at least
	 * @param binary whether they are bytes, also where they might be text
	 */
	public static List<Object> of(ASN1OctetString[] values, boolean binary) {
		if (values.length == 1) {
			return new One(values[0].getValue(), binary);
		}
		byte[][] octets = new byte[values.length][];
		for (int i = 0; i < octets.length; i++) {
			octets[i] = values[i].getValue();
		}
		return new Several(octets, binary);
	}

	/**
	 * The octets of one of the values of an attribute.
	 * @param values each a {@code String} or a {@code byte[]}, which is copied
	 */
	public static byte[] octets(List<Object> values, int index) {
		return (values instanceof ServerValues sent) ? sent.octets(index).clone() : Octets.of(values.get(index));
	}

	/**
	 * The octets of all values of an attribute.
	 * @param values each a {@code String} or a {@code byte[]}, which is copied
	 */
	public static byte[][] octets(List<Object> values) {
		byte[][] all = new byte[values.size()][];
		for (int i = 0; i < all.length; i++) {
			all[i] = octets(values, i);
		}
		return all;
	}

	/**
	 * Whether values are the same in the same order, as far as this can be told without
	 * making text of them.
	 */
	static boolean sameOctets(List<Object> values, List<Object> others) {
		if (!(values instanceof ServerValues some && others instanceof ServerValues more)
				|| some.size() != more.size()) {
			return false;
		}
		for (int i = 0; i < some.size(); i++) {
			if (!Arrays.equals(some.octets(i), more.octets(i))) {
				return false;
			}
		}
		return true;
	}

	abstract byte[] octets(int index);

	/**
	 * Text by the schema is text, if it is UTF-8.
	 */
	@Override
	public Object get(int index) {
		byte[] octets = octets(Objects.checkIndex(index, size()));
		String text = this.binary ? null : Octets.decode(octets);
		return (text != null) ? text : octets;
	}

	private static final class One extends ServerValues {

		private final byte[] octets;

		One(byte[] octets, boolean binary) {
			super(binary);
			this.octets = octets;
		}

		@Override
		public int size() {
			return 1;
		}

		@Override
		byte[] octets(int index) {
			return this.octets;
		}

	}

	private static final class Several extends ServerValues {

		private final byte[][] octets;

		Several(byte[][] octets, boolean binary) {
			super(binary);
			this.octets = octets;
		}

		@Override
		public int size() {
			return this.octets.length;
		}

		@Override
		byte[] octets(int index) {
			return this.octets[index];
		}

	}

}
