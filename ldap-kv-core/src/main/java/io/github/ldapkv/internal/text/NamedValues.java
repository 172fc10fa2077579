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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.unboundid.asn1.ASN1OctetString;
import org.jspecify.annotations.Nullable;

/**
 * An attribute: its name and its values. Two are equal if their values are. What a server
 * has sent stays octets.
 */
public abstract sealed class NamedValues {

	private final AttributeDescription description;

	private NamedValues(AttributeDescription description) {
		this.description = description;
	}

	/**
	 * Makes an attribute.
	 * @param values each a {@code String} or a {@code byte[]}
	 */
	public static NamedValues of(AttributeDescription description, List<Object> values) {
		return new Given(description, values);
	}

	public static NamedValues of(String name, List<Object> values) {
		return of(AttributeDescription.of(name), values);
	}

	/**
	 * Takes over the values of an attribute that a server has sent. Each has an array of
	 * its own in the SDK, so that none keeps the message in which it came.
	 * @param values the values, one at least
	 */
	public static NamedValues ofServer(AttributeDescription description, ASN1OctetString[] values) {
		if (values.length == 1) {
			return new SentOne(description, values[0].getValue());
		}
		byte[][] octets = new byte[values.length][];
		for (int i = 0; i < octets.length; i++) {
			octets[i] = values[i].getValue();
		}
		return new Sent(description, octets);
	}

	public final AttributeDescription description() {
		return this.description;
	}

	/**
	 * The name as spelled.
	 */
	public final String name() {
		return this.description.name();
	}

	/**
	 * The values, each a {@code String} or a {@code byte[]}.
	 */
	public abstract List<Object> values();

	/**
	 * The same values by another name of the attribute.
	 */
	public final NamedValues named(String name) {
		return of(this.description.named(name), values());
	}

	/**
	 * Other values in the place of these.
	 */
	public final NamedValues with(List<Object> others) {
		return of(this.description, others);
	}

	/**
	 * These values and more, each as often as it is there.
	 */
	public final NamedValues and(NamedValues more) {
		List<Object> all = new ArrayList<>(values());
		all.addAll(more.values());
		return with(Collections.unmodifiableList(all));
	}

	/**
	 * These values and those of the other that are not among them.
	 */
	final NamedValues united(NamedValues other) {
		return with(Octets.union(values(), other.values()));
	}

	/**
	 * Whether the values must not be shown.
	 */
	public final boolean isSecret() {
		return this.description.secret() || SecretAttributes.contains(name());
	}

	/**
	 * The values for a log: bytes are shown by their number, secrets not at all.
	 */
	public final String shown() {
		if (isSecret()) {
			return "[***]";
		}
		return values().stream()
			.map((value) -> (value instanceof byte[] bytes) ? "<" + bytes.length + " bytes>"
					: Excerpt.printable((String) value))
			.toList()
			.toString();
	}

	@Override
	public final boolean equals(@Nullable Object other) {
		return this == other || other instanceof NamedValues attribute && same(values(), attribute.values());
	}

	private static boolean same(List<Object> values, List<Object> others) {
		return ServerValues.sameOctets(values, others) || Octets.sameValues(values, others);
	}

	@Override
	public final int hashCode() {
		return Octets.hash(values());
	}

	@Override
	public final String toString() {
		return name() + "=" + shown();
	}

	/**
	 * What a caller has given, or was made of that.
	 */
	private static final class Given extends NamedValues {

		private final List<Object> values;

		Given(AttributeDescription description, List<Object> values) {
			super(description);
			this.values = values;
		}

		@Override
		public List<Object> values() {
			return this.values;
		}

	}

	/**
	 * What a server has sent.
	 */
	private static final class Sent extends NamedValues {

		private final byte[][] octets;

		Sent(AttributeDescription description, byte[][] octets) {
			super(description);
			this.octets = octets;
		}

		@Override
		public List<Object> values() {
			return new ServerValues(this.octets, description().binary());
		}

	}

	/**
	 * The same of one value, as most attributes have it.
	 */
	private static final class SentOne extends NamedValues {

		private final byte[] octets;

		SentOne(AttributeDescription description, byte[] octets) {
			super(description);
			this.octets = octets;
		}

		@Override
		public List<Object> values() {
			return new ServerValues(new byte[][] { this.octets }, description().binary());
		}

	}

}
