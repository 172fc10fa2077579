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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import io.github.ldapkv.internal.text.Arguments;
import io.github.ldapkv.internal.text.AttributeDescription;
import io.github.ldapkv.internal.text.AttributeMap;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.NamedValues;
import io.github.ldapkv.internal.text.ServerValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The attributes of an entry. Attribute names compare ignoring case and keep their
 * spelling; options belong to the name, so {@code description} and
 * {@code description;lang-en} are two attributes, and their order does not count. Every
 * attribute is a list, an absent one the empty list, and each value is text or bytes. The
 * server's schema says which; a text that is no UTF-8, which old imports have left in
 * some directories, is bytes too.
 * <p>
 * Two values are equal if they have the same attributes with the same values, in any
 * order. In a value that is written, an attribute with an empty list stands for its
 * removal.
 * <p>
 * Values are immutable: what goes in and out is copied.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 */
public final class LdapValue {

	private static final LdapValue EMPTY = new LdapValue(AttributeMap.EMPTY);

	private final AttributeMap attributes;

	LdapValue(AttributeMap attributes) {
		this.attributes = attributes;
	}

	/**
	 * Makes a value of attributes. Each is one value or a collection or array of values:
	 * <ul>
	 * <li>text ({@link CharSequence}, {@link Character}) and {@code byte[]} stand for
	 * themselves;</li>
	 * <li>a number is its decimal digits, without an exponent: {@code 1e10} is
	 * {@code 10000000000}, and there are none of an infinite one. A boolean is
	 * {@code TRUE} or {@code FALSE}, an enum its name, a {@link java.util.UUID} its
	 * text;</li>
	 * <li>an {@link java.time.Instant}, {@link java.time.OffsetDateTime} or
	 * {@link java.time.ZonedDateTime} is a GeneralizedTime in UTC (RFC 4517, section
	 * 3.3.13), which has years from 0 to 9999.</li>
	 * </ul>
	 * @param attributes the attributes by name
	 * @return the value
	 * @throws IllegalArgumentException if a name is not an attribute description (RFC
	 * 4512, section 2.5) or stands twice, or a value is {@code null}, of another type or
	 * cannot be written so
	 */
	public static LdapValue of(Map<String, ?> attributes) {
		if (attributes == null) {
			throw new IllegalArgumentException("The attributes are null");
		}
		Builder builder = builder();
		attributes.forEach(builder::add);
		return builder.build();
	}

	/**
	 * Makes a value of attributes as a server has them: some have names that RFC 4512
	 * does not allow, such as {@code x_id}. Names that are equal belong together. What
	 * was read is changed by {@link #toBuilder()}, which still knows what is a secret.
	 * @param attributes the values by attribute, as for {@link #of(Map)}
	 * @return the value
	 * @throws IllegalArgumentException if no server has such a name, or a value is none
	 * of those that {@link #of(Map)} takes
	 */
	public static LdapValue ofServer(Map<String, ? extends List<?>> attributes) {
		Assert.notNull(attributes, "The attributes are null");
		Map<String, NamedValues> byKey = new LinkedHashMap<>();
		attributes.forEach((name, values) -> {
			Arguments.attributeOfServer(name);
			NamedValues attribute = NamedValues.of(name, AttributeValues.convert(name, values));
			byKey.merge(attribute.description().key(), attribute, NamedValues::and);
		});
		return new LdapValue(AttributeMap.of(byKey.values()));
	}

	/**
	 * A value without attributes.
	 * @return the empty value
	 */
	public static LdapValue empty() {
		return EMPTY;
	}

	/**
	 * Starts a value from nothing.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Starts a value from this one.
	 * @return a builder that holds the attributes of this value
	 */
	public Builder toBuilder() {
		Builder builder = builder();
		attributes().forEach((attribute) -> builder.attributes.put(attribute.description().key(), attribute));
		return builder;
	}

	/**
	 * The first value of an attribute, as text.
	 * @param name the attribute
	 * @return the text, or empty if the attribute is absent
	 * @throws IllegalStateException if the value is bytes that are no UTF-8 text
	 */
	public Optional<String> text(String name) {
		List<Object> values = values(name);
		return values.isEmpty() ? Optional.empty() : Optional.of(AttributeValues.text(name, values.get(0)));
	}

	/**
	 * All values of an attribute, as text, in the order that the server gave.
	 * @param name the attribute
	 * @return the texts; empty if the attribute is absent
	 * @throws IllegalStateException if a value is bytes that are no UTF-8 text
	 */
	public List<String> texts(String name) {
		return values(name).stream().map((value) -> AttributeValues.text(name, value)).toList();
	}

	/**
	 * The first value of an attribute, as bytes; text is encoded in UTF-8.
	 * @param name the attribute
	 * @return a copy of the bytes, or empty if the attribute is absent
	 */
	public Optional<byte[]> bytes(String name) {
		List<Object> values = values(name);
		return values.isEmpty() ? Optional.empty() : Optional.of(ServerValues.octets(values, 0));
	}

	/**
	 * The names of the attributes, as spelled, in the order given.
	 * @return the names
	 */
	public Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		attributes().forEach((attribute) -> names.add(attribute.name()));
		return Collections.unmodifiableSet(names);
	}

	/**
	 * Whether an attribute has a value.
	 * @param name the attribute
	 * @return whether it has one
	 */
	public boolean has(String name) {
		return !values(name).isEmpty();
	}

	/**
	 * The attributes by name, as spelled. The map is a copy that cannot be changed; its
	 * keys compare exactly.
	 * @return the attributes, each a list of {@link String} or {@code byte[]}
	 */
	public Map<String, List<Object>> asMap() {
		Map<String, List<Object>> map = new LinkedHashMap<>();
		attributes().forEach((attribute) -> map.put(attribute.name(),
				attribute.values()
					.stream()
					.map((value) -> (value instanceof byte[] bytes) ? bytes.clone() : value)
					.toList()));
		return Collections.unmodifiableMap(map);
	}

	/**
	 * The attributes, for the package's own use: nothing is copied.
	 */
	List<NamedValues> attributes() {
		return this.attributes.attributes();
	}

	List<Object> values(String name) {
		Assert.notNull(name, "The name of the attribute is null");
		NamedValues attribute = this.attributes.get(name);
		return (attribute != null) ? attribute.values() : List.of();
	}

	boolean names(String name) {
		return this.attributes.get(name) != null;
	}

	/**
	 * The values of an attribute for a message, as {@link #toString()} shows them.
	 */
	String shown(String name) {
		NamedValues attribute = this.attributes.get(name);
		return (attribute != null) ? attribute.shown() : "[]";
	}

	/**
	 * The value without an attribute.
	 */
	LdapValue without(String name) {
		String key = AttributeNames.key(name);
		return only((attribute) -> !attribute.description().key().equals(key));
	}

	/**
	 * The value with those of its attributes that are wanted.
	 */
	LdapValue only(Predicate<NamedValues> wanted) {
		List<NamedValues> kept = new ArrayList<>(attributes().size());
		for (NamedValues attribute : attributes()) {
			if (wanted.test(attribute)) {
				kept.add(attribute);
			}
		}
		return (kept.size() == attributes().size()) ? this : new LdapValue(AttributeMap.of(kept));
	}

	boolean isEmpty() {
		return this.attributes.isEmpty();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || other instanceof LdapValue value && this.attributes.equals(value.attributes);
	}

	@Override
	public int hashCode() {
		return this.attributes.hashCode();
	}

	/**
	 * The attributes for a log: bytes are shown by their number, secrets not at all.
	 * Passwords and keys are known by the names that they have in common servers, and by
	 * names that end as those do, such as {@code adminPassword} or {@code clientSecret}.
	 */
	@Override
	public String toString() {
		return this.attributes.toString();
	}

	/**
	 * Collects the attributes of a value. Names and values are those of
	 * {@link LdapValue#of(Map)}. A builder is not safe for use by several threads.
	 */
	public static final class Builder {

		/**
		 * By what all spellings of their names share.
		 */
		private final Map<String, NamedValues> attributes = new LinkedHashMap<>();

		/**
		 * The lists of values that are this builder's own, and grow. All others are
		 * shared with a value.
		 */
		private final Map<String, List<Object>> growing = new HashMap<>();

		private Builder() {
		}

		/**
		 * Gives an attribute these values in place of those it had.
		 * @param name the attribute
		 * @param values the values, each one value or a collection or array of them; none
		 * makes the attribute an empty list
		 * @return this builder
		 * @throws IllegalArgumentException as for {@link LdapValue#of(Map)}
		 */
		public Builder set(String name, Object... values) {
			Arguments.attribute(name);
			return put(name, AttributeValues.convert(name, values));
		}

		/**
		 * Gives an attribute one more value, or several.
		 * @param name the attribute
		 * @param values the values, each one value or a collection or array of them
		 * @return this builder
		 * @throws IllegalArgumentException as for {@link LdapValue#of(Map)}
		 */
		public Builder append(String name, Object... values) {
			Arguments.attribute(name);
			List<Object> more = AttributeValues.convert(name, values);
			String key = AttributeNames.key(name);
			List<Object> own = this.growing.get(key);
			if (own == null) {
				NamedValues before = this.attributes.get(key);
				own = new ArrayList<>((before != null) ? before.values() : List.of());
				put(name, own);
				this.growing.put(key, own);
			}
			own.addAll(more);
			return this;
		}

		/**
		 * Takes an attribute out of the value, which then says nothing about it.
		 * @param name the attribute
		 * @return this builder
		 */
		public Builder without(String name) {
			Assert.notNull(name, "The name of the attribute is null");
			String key = AttributeNames.key(name);
			this.attributes.remove(key);
			this.growing.remove(key);
			return this;
		}

		/**
		 * Makes the value.
		 * @return the value
		 */
		public LdapValue build() {
			this.growing.clear();
			return new LdapValue(AttributeMap.of(this.attributes.values()));
		}

		private void add(String name, @Nullable Object value) {
			Arguments.attribute(name);
			AttributeDescription given = AttributeDescription.of(name);
			if (this.attributes.containsKey(given.key())) {
				throw new IllegalArgumentException("Attribute '" + Excerpt.of(name)
						+ "' is given twice: names ignore case, and options come in any order");
			}
			put(given, AttributeValues.convert(name, value));
		}

		/**
		 * Gives an attribute these values, also by a name that only some servers have.
		 */
		Builder put(String name, List<Object> values) {
			put(AttributeDescription.of(name), values);
			return this;
		}

		private void put(AttributeDescription given, List<Object> values) {
			NamedValues before = this.attributes.get(given.key());
			this.growing.remove(given.key());
			this.attributes.put(given.key(), NamedValues.of((before != null) ? before.description() : given,
					Collections.unmodifiableList(values)));
		}

	}

}
