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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of an entry, in the order given, of which none has the same name as
 * another. Names compare ignoring case, and their options in any order.
 */
public final class AttributeMap {

	public static final AttributeMap EMPTY = new AttributeMap(List.of());

	/**
	 * So many are looked through at least as fast as a map looks one up, and most entries
	 * have no more.
	 */
	private static final int FEW = 16;

	private final List<NamedValues> attributes;

	/**
	 * Of many attributes, once one is looked for. It needs no lock: any thread makes the
	 * same map, and an unmodifiable one can be handed over without.
	 */
	private @Nullable Map<String, NamedValues> byKey;

	private AttributeMap(List<NamedValues> attributes) {
		this.attributes = attributes;
	}

	/**
	 * A map of attributes with different names.
	 */
	public static AttributeMap of(Collection<NamedValues> attributes) {
		return new AttributeMap(List.copyOf(attributes));
	}

	/**
	 * A map of the attributes that a server has sent. One that does not know that the
	 * order of options makes no difference can hold an attribute twice.
	 * @param found the attributes; the list becomes that of the map
	 */
	public static AttributeMap ofServer(List<NamedValues> found) {
		for (int i = 0; i < found.size(); i++) {
			if (found.get(i).description().hasSeveralOptions()) {
				Map<String, NamedValues> united = new LinkedHashMap<>();
				found.forEach((attribute) -> united.merge(key(attribute), attribute, NamedValues::united));
				return of(united.values());
			}
		}
		return new AttributeMap(found);
	}

	private static String key(NamedValues attribute) {
		return attribute.description().key();
	}

	/**
	 * The attributes, in the order given.
	 */
	public List<NamedValues> attributes() {
		return this.attributes;
	}

	public boolean isEmpty() {
		return this.attributes.isEmpty();
	}

	/**
	 * An attribute by its name.
	 * @return the attribute, or {@code null} if there is none
	 */
	public @Nullable NamedValues get(String name) {
		if (this.attributes.size() <= FEW) {
			for (int i = 0; i < this.attributes.size(); i++) {
				if (this.attributes.get(i).name().equals(name)) {
					return this.attributes.get(i);
				}
			}
		}
		return withKey(AttributeNames.key(name));
	}

	private @Nullable NamedValues withKey(String key) {
		if (this.attributes.size() > FEW) {
			return byKey().get(key);
		}
		for (int i = 0; i < this.attributes.size(); i++) {
			if (key(this.attributes.get(i)).equals(key)) {
				return this.attributes.get(i);
			}
		}
		return null;
	}

	private Map<String, NamedValues> byKey() {
		Map<String, NamedValues> result = this.byKey;
		if (result == null) {
			result = this.attributes.stream()
				.collect(Collectors.toUnmodifiableMap(AttributeMap::key, (attribute) -> attribute));
			this.byKey = result;
		}
		return result;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || other instanceof AttributeMap map && this.attributes.size() == map.attributes.size()
				&& this.attributes.stream().allMatch((attribute) -> attribute.equals(map.withKey(key(attribute))));
	}

	@Override
	public int hashCode() {
		return this.attributes.stream().mapToInt((attribute) -> key(attribute).hashCode() ^ attribute.hashCode()).sum();
	}

	@Override
	public String toString() {
		return this.attributes.toString();
	}

}
