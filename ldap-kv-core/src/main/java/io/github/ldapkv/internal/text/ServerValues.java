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
import java.util.RandomAccess;

/**
 * The values of an attribute as a server has sent them. Text is made of one each time
 * that somebody asks for it, which most callers do once or never, and is not kept beside
 * the octets.
 */
public final class ServerValues extends AbstractList<Object> implements RandomAccess {

	private final byte[][] octets;

	private final boolean binary;

	/**
	 * Makes a list of octets.
	 * @param binary whether they are bytes, also where they might be text
	 */
	ServerValues(byte[][] octets, boolean binary) {
		this.octets = octets;
		this.binary = binary;
	}

	/**
	 * The octets of one of the values of an attribute.
	 * @param values each a {@code String} or a {@code byte[]}, which is copied
	 */
	public static byte[] octets(List<Object> values, int index) {
		return (values instanceof ServerValues sent) ? sent.octets[index].clone() : Octets.of(values.get(index));
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
		return values instanceof ServerValues some && others instanceof ServerValues more
				&& Arrays.deepEquals(some.octets, more.octets);
	}

	@Override
	public int size() {
		return this.octets.length;
	}

	/**
	 * Text by the schema is text, if it is UTF-8.
	 */
	@Override
	public Object get(int index) {
		String text = this.binary ? null : Octets.decode(this.octets[index]);
		return (text != null) ? text : this.octets[index];
	}

}
