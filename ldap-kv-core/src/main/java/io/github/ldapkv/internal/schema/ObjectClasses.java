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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.unboundid.asn1.ASN1OctetString;
import io.github.ldapkv.internal.text.AttributeNames;

/**
 * The object classes of an entry. One is the same by its name or its number, in any case,
 * and whether those that it is derived from are named with it or not.
 */
public final class ObjectClasses {

	public static final String ATTRIBUTE = AttributeNames.OBJECT_CLASS;

	public static final String NUMBER = AttributeNames.OBJECT_CLASS_NUMBER;

	/**
	 * The class of entries that refer to another server (RFC 3296).
	 */
	private static final String REFERRAL = "referral";

	private static final String REFERRAL_NUMBER = "2.16.840.1.113730.3.2.6";

	private ObjectClasses() {
	}

	public static boolean isReferral(String name) {
		return REFERRAL.equalsIgnoreCase(name) || REFERRAL_NUMBER.equals(name);
	}

	/**
	 * Whether it is that class. Most others have names of another length, of which no
	 * text is made.
	 */
	public static boolean isReferral(ASN1OctetString name) {
		int length = name.getValueLength();
		return (length == REFERRAL.length() || length == REFERRAL_NUMBER.length()) && isReferral(name.stringValue());
	}

	/**
	 * Calls those by their names that are given by numbers: not every server knows then
	 * that it has them.
	 */
	public static List<String> named(Collection<String> given, DirectorySchema schema) {
		return given.stream()
			.map((name) -> Character.isDigit(name.codePointAt(0)) ? schema.check().name(name) : name)
			.toList();
	}

	/**
	 * Those that an entry lacks of some, with those that they are derived from.
	 */
	public static List<String> missing(Collection<String> wanted, Collection<String> there, DirectorySchema schema) {
		Set<String> known = new HashSet<>(schema.check().allClasses(there));
		List<String> missing = new ArrayList<>();
		for (String name : schema.check().withSuperiors(named(wanted, schema))) {
			if (known.add(AttributeNames.lower(schema.check().name(name)))) {
				missing.add(name);
			}
		}
		return missing;
	}

	public static boolean same(Collection<String> some, Collection<String> others, DirectorySchema schema) {
		return schema.check().allClasses(some).equals(schema.check().allClasses(others));
	}

}
