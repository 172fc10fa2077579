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

import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.SearchResult;

import org.jspecify.annotations.Nullable;

/**
 * The attribute in which a server keeps the version of an entry: it is read along with
 * the others, and shown as the version only.
 */
final class VersionAttribute {

	private static final String ALL_USER_ATTRIBUTES = "*";

	private VersionAttribute() {
	}

	/**
	 * All user attributes, and the version.
	 */
	static @Nullable List<String> all(@Nullable String versionAttribute) {
		return with(null, versionAttribute);
	}

	/**
	 * The attributes asked for, and the version.
	 * @param attributes the attributes; {@code null} for all user attributes
	 */
	static @Nullable List<String> with(@Nullable List<String> attributes, @Nullable String versionAttribute) {
		if (versionAttribute == null) {
			return attributes;
		}
		List<String> more = new ArrayList<>((attributes != null) ? attributes : List.of(ALL_USER_ATTRIBUTES));
		more.add(versionAttribute);
		return more;
	}

	/**
	 * Makes an entry of what was found.
	 * @param value the attributes of the entry, which may have the version among them
	 */
	static LdapEntry entry(LdapKey key, SearchResult found, LdapValue value, @Nullable String versionAttribute)
			throws NamingException {
		Attribute attribute = (versionAttribute != null) ? found.getAttributes().get(versionAttribute) : null;
		if (versionAttribute == null || attribute == null || attribute.size() == 0) {
			return new LdapEntry(key, found.getNameInNamespace(), value, null);
		}
		return new LdapEntry(key, found.getNameInNamespace(), value.toBuilder().without(versionAttribute).build(),
				new Version(versionAttribute, attribute.get().toString()));
	}

}
