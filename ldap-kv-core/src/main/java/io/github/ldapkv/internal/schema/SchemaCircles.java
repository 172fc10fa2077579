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

package io.github.ldapkv.internal.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes out of a schema the definitions that derive from themselves, at once or by way of
 * others, and those that derive from so many others that it takes for ever to go through
 * them. The SDK follows each {@code SUP} to its end.
 */
final class SchemaCircles {

	private static final Logger logger = LoggerFactory.getLogger(SchemaCircles.class);

	private static final int MOST_SUPERIORS = 100;

	private final List<Definition> definitions = new ArrayList<>();

	private final Map<String, List<Definition>> byName = new HashMap<>();

	private final Set<Definition> takenOut = new LinkedHashSet<>();

	private SchemaCircles() {
	}

	/**
	 * The schema without such definitions, which are named in a warning.
	 */
	static Entry takeOut(Entry subschema) {
		Entry cleared = subschema.duplicate();
		new SchemaCircles().takeOut(cleared, "attributeTypes", Definition::ofAttributeType);
		new SchemaCircles().takeOut(cleared, "objectClasses", Definition::ofObjectClass);
		return cleared;
	}

	private void takeOut(Entry subschema, String kind, Reading reading) {
		String[] texts = subschema.getAttributeValues(kind);
		for (String text : (texts != null) ? texts : new String[0]) {
			add(text, reading);
		}
		this.definitions.forEach(this::link);
		// First the circles: what only derives from one ends somewhere without it.
		this.takenOut.addAll(endless().stream().filter(SchemaCircles::isAboveItself).toList());
		this.takenOut.addAll(endless());
		if (!this.takenOut.isEmpty()) {
			logger.warn(
					"The server's schema has {} that derive from themselves, or from more than {} others. "
							+ "It is read without them: {}",
					kind, MOST_SUPERIORS, this.takenOut.stream().limit(20).map(Definition::shown).toList());
			subschema.setAttribute(kind, rest().stream().map(Definition::text).toList());
		}
	}

	private void add(String text, Reading reading) {
		Definition definition;
		try {
			definition = reading.read(text);
		}
		catch (LDAPException ex) {
			// The SDK leaves it out as well.
			return;
		}
		this.definitions.add(definition);
		definition.names
			.forEach((name) -> this.byName.computeIfAbsent(name, (key) -> new ArrayList<>()).add(definition));
	}

	private void link(Definition definition) {
		definition.superiors.stream()
			.flatMap((name) -> this.byName.getOrDefault(name, List.of()).stream())
			.limit(MOST_SUPERIORS + 1) // more are too many as well
			.forEach(definition.above::add);
	}

	private List<Definition> rest() {
		return this.definitions.stream().filter((definition) -> !this.takenOut.contains(definition)).toList();
	}

	/**
	 * Goes from the definitions that derive from nothing to those that derive from them,
	 * as far as few are gone through.
	 */
	private List<Definition> endless() {
		Map<Definition, Integer> costs = new HashMap<>();
		List<Definition> open = rest();
		int before;
		do {
			before = open.size();
			for (Definition definition : open) {
				int cost = cost(definition, costs);
				if (cost <= MOST_SUPERIORS) {
					costs.put(definition, cost);
				}
			}
			open = open.stream().filter((definition) -> !costs.containsKey(definition)).toList();
		}
		while (open.size() < before);
		return open;
	}

	/**
	 * How many definitions are gone through to follow all ways up; too many if that is
	 * not known.
	 */
	private int cost(Definition definition, Map<Definition, Integer> costs) {
		int cost = definition.above.size();
		for (Definition above : definition.above) {
			if (cost <= MOST_SUPERIORS && !this.takenOut.contains(above)) {
				cost += costs.getOrDefault(above, MOST_SUPERIORS);
			}
		}
		return cost;
	}

	private static boolean isAboveItself(Definition definition) {
		Set<Definition> seen = new HashSet<>();
		Deque<Definition> next = new ArrayDeque<>(definition.above);
		while (!next.isEmpty() && seen.size() <= MOST_SUPERIORS) {
			Definition above = next.remove();
			if (above == definition) {
				return true;
			}
			if (seen.add(above)) {
				next.addAll(above.above);
			}
		}
		return false;
	}

	/**
	 * A definition of one kind.
	 */
	@FunctionalInterface
	private interface Reading {

		Definition read(String text) throws LDAPException;

	}

	/**
	 * A definition, equal to itself only.
	 */
	private static final class Definition {

		private final String text;

		private final Set<String> names = new LinkedHashSet<>();

		private final List<String> superiors;

		private final List<Definition> above = new ArrayList<>();

		private Definition(String text, String oid, String[] names, Stream<String> superiors) {
			this.text = text;
			this.names.add(AttributeNames.lower(oid));
			Stream.of(names).map(AttributeNames::lower).forEach(this.names::add);
			this.superiors = superiors.map(AttributeNames::lower).distinct().toList();
		}

		static Definition ofAttributeType(String text) throws LDAPException {
			AttributeTypeDefinition type = new AttributeTypeDefinition(text);
			return new Definition(text, type.getOID(), type.getNames(), Stream.ofNullable(type.getSuperiorType()));
		}

		static Definition ofObjectClass(String text) throws LDAPException {
			ObjectClassDefinition type = new ObjectClassDefinition(text);
			return new Definition(text, type.getOID(), type.getNames(), Stream.of(type.getSuperiorClasses()));
		}

		String text() {
			return this.text;
		}

		String shown() {
			return Excerpt.of(String.join(" ", this.names));
		}

	}

}
