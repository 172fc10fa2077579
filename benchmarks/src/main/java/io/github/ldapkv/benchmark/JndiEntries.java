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

package io.github.ldapkv.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import javax.naming.Name;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.BasicAttribute;
import javax.naming.directory.BasicAttributes;
import javax.naming.directory.DirContext;
import javax.naming.directory.ModificationItem;

import org.springframework.ldap.support.LdapNameBuilder;

/**
 * What the users of Spring LDAP write to name entries and to map them.
 */
final class JndiEntries {

	static final Name AREA = LdapNameBuilder.newInstance().add("ou", People.AREA).build();

	private static final Name NEW_AREA = LdapNameBuilder.newInstance().add("ou", People.NEW_AREA).build();

	private JndiEntries() {
	}

	static Name name(String uid) {
		return LdapNameBuilder.newInstance(AREA).add("uid", uid).build();
	}

	static Name newName(String uid) {
		return LdapNameBuilder.newInstance(NEW_AREA).add("uid", uid).build();
	}

	static Map<String, List<?>> map(Attributes attributes) throws NamingException {
		Map<String, List<?>> entry = new LinkedHashMap<>();
		NamingEnumeration<? extends Attribute> all = attributes.getAll();
		while (all.hasMore()) {
			Attribute attribute = all.next();
			entry.put(attribute.getID(), Collections.list(attribute.getAll()));
		}
		return entry;
	}

	static ModificationItem replacement(String description) {
		return new ModificationItem(DirContext.REPLACE_ATTRIBUTE, new BasicAttribute("description", description));
	}

	static Attributes attributes(Map<String, List<String>> entry) {
		Attributes attributes = new BasicAttributes(true);
		entry.forEach((name, values) -> {
			BasicAttribute attribute = new BasicAttribute(name);
			values.forEach(attribute::add);
			attributes.put(attribute);
		});
		return attributes;
	}

	@SuppressWarnings("unchecked")
	static Map<String, Set<String>> texts(Object entry) {
		Map<String, Set<String>> attributes = new LinkedHashMap<>();
		((Map<String, List<String>>) entry)
			.forEach((name, values) -> attributes.put(name.toLowerCase(Locale.ROOT), new LinkedHashSet<>(values)));
		return attributes;
	}

}
