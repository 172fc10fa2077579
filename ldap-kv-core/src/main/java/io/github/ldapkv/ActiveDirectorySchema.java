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

import java.util.Set;

import com.unboundid.ldap.sdk.schema.Schema;

/**
 * What the schema of Active Directory does not say. It names no matching rules, and marks
 * few of the attributes that the accounts' manager looks after (MS-ADTS, section
 * 3.1.1.5).
 */
final class ActiveDirectorySchema {

	private static final String PRIMARY_GROUP = "primaryGroupID";

	private static final String UNICODE_STRING = "1.3.6.1.4.1.1466.115.121.1.15";

	/**
	 * Attributes whose change is refused, in lower case.
	 */
	private static final Set<String> MAINTAINED = Set.of("badpasswordtime", "badpwdcount", "iscriticalsystemobject",
			"lastlogoff", "lastlogon", "lastlogontimestamp", "logoncount", "samaccounttype", "distinguishedname");

	/**
	 * Attributes that a new entry gets if it does not name them, and mostly cannot be
	 * without, in lower case.
	 */
	private static final Set<String> ADDED = Set.of("accountexpires", "codepage", "countrycode", "grouptype",
			"instancetype", "ntsecuritydescriptor", "objectcategory", "objectsid", "primarygroupid", "pwdlastset",
			"samaccountname", "showinadvancedviewonly", "useraccountcontrol");

	/**
	 * The group that a new account gets by its kind. Only a change can give it another,
	 * and to say the same at its creation is an error as well.
	 */
	private static final Set<String> FIRST_GROUPS = Set.of("513", "514", "515");

	private ActiveDirectorySchema() {
	}

	/**
	 * Whether a schema is that of Active Directory, and not just one that has some of its
	 * attributes.
	 */
	static boolean is(Schema schema) {
		return schema.getAttributeType("sAMAccountType") != null && schema.getAttributeTypes()
			.stream()
			.allMatch((definition) -> definition.getEqualityMatchingRule() == null);
	}

	static boolean maintains(String type) {
		return MAINTAINED.contains(AttributeNames.lower(type));
	}

	static boolean adds(String type) {
		return ADDED.contains(AttributeNames.lower(type));
	}

	/**
	 * Leaves out of a new entry what it gets anyway and may not name.
	 */
	static LdapValue creatable(LdapValue value) {
		return value.text(PRIMARY_GROUP).filter(FIRST_GROUPS::contains).isPresent()
				? value.toBuilder().without(PRIMARY_GROUP).build() : value;
	}

	/**
	 * Whether values of a syntax are compared without regard to case.
	 */
	static boolean ignoresCase(String syntax) {
		return UNICODE_STRING.equals(syntax);
	}

}
