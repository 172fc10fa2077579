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
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.BasicAttribute;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import org.jspecify.annotations.Nullable;

/**
 * Fetches the rest of an attribute of which the server sends the first values only.
 * Active Directory sends a {@code member} of more than 1,500 values empty, and beside it
 * {@code member;range=0-1499}.
 */
final class RangedAttributes {

	private static final Pattern RANGE = Pattern.compile("(.+);range=(\\d+)-(\\d+|\\*)", Pattern.CASE_INSENSITIVE);

	private RangedAttributes() {
	}

	/**
	 * Puts whole attributes in the place of parts.
	 * @param context a connection, on which a search may be under way
	 * @param name gives the name of the entry, which is seldom needed
	 * @param attributes the attributes of the entry
	 */
	static void complete(LdapContext context, Supplier<LdapName> name, Attributes attributes) throws NamingException {
		for (String id : ids(attributes)) {
			Matcher range = RANGE.matcher(id);
			if (range.matches()) {
				String description = range.group(1);
				Attribute whole = new BasicAttribute(description, true);
				addRange(context, name.get(), attributes.remove(id), range, whole);
				attributes.put(whole);
			}
		}
	}

	private static void addRange(LdapContext context, LdapName name, @Nullable Attribute part, Matcher range,
			Attribute whole) throws NamingException {
		Attribute current = part;
		Matcher currentRange = range;
		long next = 0;
		while (current != null) {
			for (int i = 0; i < current.size(); i++) {
				whole.add(current.get(i));
			}
			boolean last = "*".equals(currentRange.group(3));
			long end = last ? Integer.MAX_VALUE : number(currentRange.group(3));
			if (number(currentRange.group(2)) != next || end < next || current.size() == 0 && !last) {
				throw new NamingException("The server sent '" + Excerpt.of(current.getID())
						+ "', which is not the part " + "of an attribute that begins with value " + next);
			}
			if (last) {
				return;
			}
			next = end + 1;
			current = read(context, name, range.group(1) + ";range=" + next + "-*");
			if (current != null) {
				currentRange = RANGE.matcher(current.getID());
				if (!currentRange.matches()) {
					throw new NamingException("The server sent '" + current.getID() + "' for a part of an attribute");
				}
			}
		}
	}

	/**
	 * A position in an attribute, of which no server holds more values than this.
	 * @return the number; -1 if it is beyond
	 */
	private static long number(String digits) {
		try {
			return Integer.parseInt(digits);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/**
	 * Reads on a context of its own: the search that is under way has its controls on the
	 * other.
	 */
	private static @Nullable Attribute read(LdapContext context, LdapName name, String description)
			throws NamingException {
		LdapContext own = context.newInstance(null);
		try {
			NamingEnumeration<? extends Attribute> found = own.getAttributes(name, new String[] { description })
				.getAll();
			while (found.hasMore()) {
				Attribute attribute = found.next();
				if (RANGE.matcher(attribute.getID()).matches()) {
					return attribute;
				}
			}
			return null;
		}
		finally {
			own.close();
		}
	}

	private static List<String> ids(Attributes attributes) throws NamingException {
		List<String> ids = new ArrayList<>(attributes.size());
		NamingEnumeration<String> all = attributes.getIDs();
		while (all.hasMore()) {
			String id = all.next();
			if (id.indexOf(';') >= 0) {
				ids.add(id);
			}
		}
		return ids;
	}

}
