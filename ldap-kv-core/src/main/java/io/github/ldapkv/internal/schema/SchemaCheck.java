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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.DITContentRuleDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import io.github.ldapkv.internal.text.AttributeNames;

/**
 * Says what in a value breaks the server's schema, once the server has refused it. Not
 * every server names the attribute or the object class that it minds.
 */
public final class SchemaCheck {

	private static final String OBJECT_CLASS = "objectClass";

	private final Schema schema;

	private final Predicate<String> supplied;

	/**
	 * Creates a check.
	 * @param supplied whether the server sees to an attribute itself
	 */
	SchemaCheck(Schema schema, Predicate<String> supplied) {
		this.schema = schema;
		this.supplied = supplied;
	}

	/**
	 * Describes what is wrong with a change of an entry.
	 * @param classes the object classes that are sent
	 * @param names the descriptions of all attributes that are sent
	 * @return sentences, or nothing if the schema has no objection
	 */
	public String explainChange(Collection<String> classes, Collection<String> names) {
		return String.join(" ", explainUnknown(classes, names));
	}

	/**
	 * Describes what is wrong with a whole entry, of which an attribute can be missing
	 * too, or too much.
	 * @param classes its object classes
	 * @param names the descriptions of all its attributes
	 * @return sentences, or nothing if the schema has no objection
	 */
	public String explainEntry(Collection<String> classes, Collection<String> names) {
		List<String> sentences = explainUnknown(classes, names);
		if (classes.stream().allMatch((name) -> this.schema.getObjectClass(name) != null)) {
			Set<AttributeTypeDefinition> given = new LinkedHashSet<>();
			for (String name : names) {
				AttributeTypeDefinition definition = this.schema.getAttributeType(AttributeNames.typeOf(name));
				if (definition != null) {
					given.add(definition);
				}
			}
			explainWhole(classes, given, sentences);
		}
		return String.join(" ", sentences);
	}

	private List<String> explainUnknown(Collection<String> classes, Collection<String> names) {
		List<String> sentences = new ArrayList<>();
		List<String> unknown = classes.stream().filter((name) -> this.schema.getObjectClass(name) == null).toList();
		if (!unknown.isEmpty()) {
			sentences.add("The server's schema does not know the object class " + quoted(unknown) + ".");
		}
		Set<String> unknownAttributes = names.stream()
			.map(AttributeNames::typeOf)
			.filter((type) -> this.schema.getAttributeType(type) == null)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		if (!unknownAttributes.isEmpty()) {
			sentences.add("The server's schema does not know the attribute " + quoted(unknownAttributes) + ".");
		}
		return sentences;
	}

	private void explainWhole(Collection<String> classes, Set<AttributeTypeDefinition> given, List<String> sentences) {
		Set<AttributeTypeDefinition> allowed = new LinkedHashSet<>();
		Map<AttributeTypeDefinition, String> required = new LinkedHashMap<>();
		boolean anything = false;
		for (String name : classes) {
			ObjectClassDefinition objectClass = Objects.requireNonNull(this.schema.getObjectClass(name));
			anything |= objectClass.hasNameOrOID("extensibleObject");
			allowed.addAll(objectClass.getOptionalAttributes(this.schema, true));
			for (AttributeTypeDefinition attribute : objectClass.getRequiredAttributes(this.schema, true)) {
				required.putIfAbsent(attribute, objectClass.getNameOrOID());
			}
			allowed.addAll(allowedByContentRule(objectClass));
		}
		required.forEach((attribute, objectClass) -> {
			if (!attribute.hasNameOrOID(OBJECT_CLASS) && !given.contains(attribute)
					&& !this.supplied.test(attribute.getNameOrOID())) {
				sentences.add("The object class '" + objectClass + "' requires the attribute '"
						+ attribute.getNameOrOID() + "', which is missing.");
			}
		});
		List<String> surplus = given.stream()
			.filter((attribute) -> !attribute.isOperational() && !attribute.hasNameOrOID(OBJECT_CLASS)
					&& !allowed.contains(attribute) && !required.containsKey(attribute))
			.map(AttributeTypeDefinition::getNameOrOID)
			.toList();
		if (!anything && !surplus.isEmpty()) {
			sentences.add("No object class of the entry allows the attribute " + quoted(surplus) + ".");
		}
	}

	/**
	 * What a rule (RFC 4512, section 4.1.6) lets entries of a structural object class
	 * have besides. On Active Directory it has the attributes of the auxiliary classes
	 * that entries do not name.
	 */
	private Set<AttributeTypeDefinition> allowedByContentRule(ObjectClassDefinition objectClass) {
		DITContentRuleDefinition rule = this.schema.getDITContentRule(objectClass.getOID());
		Set<AttributeTypeDefinition> allowed = new LinkedHashSet<>();
		if (rule == null) {
			return allowed;
		}
		Stream.of(rule.getRequiredAttributes(), rule.getOptionalAttributes())
			.flatMap(Arrays::stream)
			.map(this.schema::getAttributeType)
			.filter(Objects::nonNull)
			.forEach(allowed::add);
		for (String name : rule.getAuxiliaryClasses()) {
			ObjectClassDefinition auxiliary = this.schema.getObjectClass(name);
			if (auxiliary != null) {
				allowed.addAll(auxiliary.getRequiredAttributes(this.schema, true));
				allowed.addAll(auxiliary.getOptionalAttributes(this.schema, true));
			}
		}
		return allowed;
	}

	/**
	 * Names object classes together with those that they are derived from.
	 */
	public List<String> withSuperiors(Collection<String> objectClasses) {
		Map<String, String> all = new LinkedHashMap<>();
		for (String name : objectClasses) {
			all.putIfAbsent(AttributeNames.lower(name), name);
		}
		for (String name : objectClasses) {
			ObjectClassDefinition objectClass = this.schema.getObjectClass(name);
			if (objectClass != null) {
				for (ObjectClassDefinition superior : objectClass.getSuperiorClasses(this.schema, true)) {
					all.putIfAbsent(AttributeNames.lower(superior.getNameOrOID()), superior.getNameOrOID());
				}
			}
		}
		return List.copyOf(all.values());
	}

	/**
	 * The one name of each object class, and of those that it is derived from.
	 */
	public Set<String> allClasses(Collection<String> objectClasses) {
		Set<String> all = new LinkedHashSet<>();
		withSuperiors(objectClasses).forEach((name) -> all.add(AttributeNames.lower(name(name))));
		return all;
	}

	/**
	 * The one name of an object class that may have several.
	 */
	String name(String objectClass) {
		ObjectClassDefinition definition = this.schema.getObjectClass(objectClass);
		return (definition != null) ? definition.getNameOrOID() : objectClass;
	}

	private static String quoted(Collection<String> names) {
		return names.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", "));
	}

}
