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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
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

	private final Set<Definition> takenOut = Collections.newSetFromMap(new IdentityHashMap<>());

	private SchemaCircles() {
	}

	/**
	 * The schema without such definitions, which are named in a warning.
	 */
	static Entry takeOut(Entry subschema) {
		Entry cleared = subschema.duplicate();
		for (String kind : new String[] { "attributeTypes", "objectClasses" }) {
			String[] texts = subschema.getAttributeValues(kind);
			SchemaCircles circles = new SchemaCircles();
			for (String text : (texts != null) ? texts : new String[0]) {
				circles.add(text, "objectClasses".equals(kind));
			}
			circles.find();
			if (!circles.takenOut.isEmpty()) {
				logger.warn("The server's schema has {} that derive from themselves, or from more than {} others. "
						+ "It is read without them: {}", kind, MOST_SUPERIORS, circles.shown());
				cleared.setAttribute(kind, circles.rest());
			}
		}
		return cleared;
	}

	private void add(String text, boolean objectClass) {
		Definition definition;
		try {
			definition = objectClass ? Definition.of(text, new ObjectClassDefinition(text))
					: Definition.of(text, new AttributeTypeDefinition(text));
		}
		catch (LDAPException ex) {
			// The SDK leaves it out as well.
			return;
		}
		this.definitions.add(definition);
		definition.names
			.forEach((name) -> this.byName.computeIfAbsent(name, (key) -> new ArrayList<>()).add(definition));
	}

	/**
	 * Goes from the definitions that derive from nothing to those that derive from them.
	 * What is not reached is on a circle, or derives from one.
	 */
	private void find() {
		Deque<Definition> ready = new ArrayDeque<>();
		for (Definition definition : this.definitions) {
			for (String superior : definition.superiors) {
				for (Definition above : this.byName.getOrDefault(superior, List.of())) {
					definition.above.add(above);
					above.below.add(definition);
				}
			}
		}
		for (Definition definition : this.definitions) {
			definition.pending = definition.above.size();
			if (definition.pending == 0) {
				ready.add(definition);
			}
		}
		reach(ready);
		for (Definition definition : circles()) {
			takeOut(definition, ready);
		}
		reach(ready);
	}

	private void reach(Deque<Definition> ready) {
		while (!ready.isEmpty()) {
			Definition definition = ready.remove();
			if (definition.reached) {
				continue;
			}
			definition.reached = true;
			for (Definition above : definition.above) {
				definition.cost += this.takenOut.contains(above) ? 0 : 1 + above.cost;
			}
			if (definition.cost > MOST_SUPERIORS) {
				this.takenOut.add(definition);
			}
			release(definition, ready);
		}
	}

	private void takeOut(Definition definition, Deque<Definition> ready) {
		this.takenOut.add(definition);
		definition.reached = true;
		release(definition, ready);
	}

	private static void release(Definition definition, Deque<Definition> ready) {
		for (Definition below : definition.below) {
			below.pending--;
			if (below.pending == 0) {
				ready.add(below);
			}
		}
	}

	/**
	 * Of the definitions that were not reached, those that others of them derive from,
	 * and so on: what only derives from a circle is none of it.
	 */
	private List<Definition> circles() {
		List<Definition> open = this.definitions.stream().filter((definition) -> !definition.reached).toList();
		Map<Definition, Integer> below = new IdentityHashMap<>();
		Deque<Definition> ends = new ArrayDeque<>();
		for (Definition definition : open) {
			int count = (int) definition.below.stream().filter((other) -> !other.reached).count();
			below.put(definition, count);
			if (count == 0) {
				ends.add(definition);
			}
		}
		while (!ends.isEmpty()) {
			Definition end = ends.remove();
			for (Definition above : end.above) {
				if (!above.reached && below.merge(above, -1, Integer::sum) == 0) {
					ends.add(above);
				}
			}
		}
		return open.stream().filter((definition) -> below.getOrDefault(definition, 0) > 0).toList();
	}

	private List<String> shown() {
		return this.definitions.stream()
			.filter(this.takenOut::contains)
			.limit(20)
			.map((definition) -> Excerpt.of(String.join(" ", definition.names)))
			.toList();
	}

	private List<String> rest() {
		return this.definitions.stream()
			.filter((definition) -> !this.takenOut.contains(definition))
			.map((definition) -> definition.text)
			.toList();
	}

	/**
	 * A definition, and how it hangs together with others.
	 */
	private static final class Definition {

		private final String text;

		private final Set<String> names;

		private final List<String> superiors;

		private final List<Definition> above = new ArrayList<>();

		private final List<Definition> below = new ArrayList<>();

		/**
		 * How many of those above were not reached yet.
		 */
		private int pending;

		private boolean reached;

		/**
		 * How many definitions are gone through to follow all ways up, at most.
		 */
		private long cost;

		private Definition(String text, String oid, String[] names, Stream<String> superiors) {
			this.text = text;
			this.names = new HashSet<>();
			this.names.add(AttributeNames.lower(oid));
			for (String name : names) {
				this.names.add(AttributeNames.lower(name));
			}
			this.superiors = superiors.map(AttributeNames::lower).distinct().toList();
		}

		static Definition of(String text, ObjectClassDefinition definition) {
			return new Definition(text, definition.getOID(), definition.getNames(),
					Stream.of(definition.getSuperiorClasses()));
		}

		static Definition of(String text, AttributeTypeDefinition definition) {
			return new Definition(text, definition.getOID(), definition.getNames(),
					Stream.ofNullable(definition.getSuperiorType()));
		}

	}

}
