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

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.unboundid.ldap.sdk.schema.Schema;
import io.github.ldapkv.internal.text.AttributeNames;

/**
 * What the schema of Active Directory does not say. It names no matching rules, and marks
 * few of the attributes that the accounts' manager looks after (MS-ADTS, section
 * 3.1.1.5).
 */
public final class ActiveDirectorySchema {

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

	/**
	 * What is all that can be written of a point in time that the server keeps, by the
	 * attribute in lower case.
	 */
	private static final Map<String, Set<Object>> COMMANDS = Map.of("pwdlastset", Set.of("0", "-1"), "lockouttime",
			Set.of("0"));

	/**
	 * The reason inside an answer that there is an entry already (68): a user, a group or
	 * an alias with that account name, and Samba's words for it.
	 */
	private static final Pattern TAKEN_VALUE = Pattern
		.compile("^(00000524|00000526|00000563):|sAMAccountName .* already in use");

	/**
	 * The reason inside an answer that there is no such object (32): not the entry, whose
	 * reason is 0000208D or 00002030, but one that a value names.
	 */
	private static final Pattern MISSING_VALUE = Pattern.compile("^00000525:");

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

	/**
	 * Whether the values of an attribute can be written.
	 */
	static boolean takes(String name, List<Object> values) {
		Set<Object> commands = COMMANDS.get(AttributeNames.lower(name));
		return commands == null || commands.containsAll(values);
	}

	/**
	 * Whether a server that says of a new entry that it is there means another one with
	 * the same account name.
	 */
	public static boolean isTakenValue(String diagnostic) {
		return TAKEN_VALUE.matcher(diagnostic).find();
	}

	/**
	 * Whether a server that says that there is no such object means one that a value
	 * names.
	 */
	public static boolean isMissingValue(String diagnostic) {
		return MISSING_VALUE.matcher(diagnostic).find();
	}

	static boolean adds(String type) {
		return ADDED.contains(AttributeNames.lower(type));
	}

	/**
	 * Whether a new entry may name an attribute, and not only get it anyway.
	 */
	static boolean isCreatable(String name, List<Object> values) {
		return !PRIMARY_GROUP.equalsIgnoreCase(name) || !FIRST_GROUPS.containsAll(values) || values.isEmpty();
	}

	/**
	 * Whether values of a syntax are compared without regard to case.
	 */
	static boolean ignoresCase(String syntax) {
		return UNICODE_STRING.equals(syntax);
	}

}
