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

import org.jspecify.annotations.Nullable;

/**
 * An attribute: its name and its values. Two are equal if their values are.
 *
 * @param description the name
 * @param values each a {@code String} or a {@code byte[]}
 */
public record NamedValues(AttributeDescription description, List<Object> values) {

	public NamedValues(String name, List<Object> values) {
		this(AttributeDescription.of(name), values);
	}

	/**
	 * The name as spelled.
	 */
	public String name() {
		return this.description.name();
	}

	/**
	 * The same values by another name of the attribute.
	 */
	public NamedValues named(String name) {
		return new NamedValues(this.description.named(name), this.values);
	}

	/**
	 * Other values in the place of these.
	 */
	public NamedValues with(List<Object> others) {
		return new NamedValues(this.description, others);
	}

	/**
	 * These values and more, each as often as it is there.
	 */
	public NamedValues and(NamedValues more) {
		List<Object> all = new ArrayList<>(this.values);
		all.addAll(more.values);
		return with(Collections.unmodifiableList(all));
	}

	/**
	 * These values and those of the other that are not among them.
	 */
	NamedValues united(NamedValues other) {
		return with(Octets.union(this.values, other.values));
	}

	/**
	 * Whether the values must not be shown.
	 */
	public boolean isSecret() {
		return this.description.secret() || SecretAttributes.contains(name());
	}

	/**
	 * The values for a log: bytes are shown by their number, secrets not at all.
	 */
	public String shown() {
		if (isSecret()) {
			return "[***]";
		}
		return this.values.stream()
			.map((value) -> (value instanceof byte[] bytes) ? "<" + bytes.length + " bytes>"
					: Excerpt.printable((String) value))
			.toList()
			.toString();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof NamedValues attribute && (ServerValues.sameOctets(this.values, attribute.values)
				|| Octets.sameValues(this.values, attribute.values));
	}

	@Override
	public int hashCode() {
		return Octets.hash(this.values);
	}

	@Override
	public String toString() {
		return name() + "=" + shown();
	}

}
