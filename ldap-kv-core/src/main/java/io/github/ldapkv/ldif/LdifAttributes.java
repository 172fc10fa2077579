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

package io.github.ldapkv.ldif;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.AttributeNames;
import org.jspecify.annotations.Nullable;

/**
 * What of an entry belongs into a backup: all that people have written, be they
 * administrators, and nothing that a server notes for itself. So of the operational
 * attributes those without NO-USER-MODIFICATION belong to it (RFC 4512, section 4.1.2),
 * such as the lock of an account or the rights to an entry.
 */
final class LdifAttributes {

	private static final String[] WHOLE = { "*", "+" };

	/**
	 * Where an entry stands in the replication between servers, in lower case. 389 and
	 * OpenDJ let an administrator change it, which is for repairs.
	 */
	private static final Set<String> REPLICATION = Set.of("nsds5replconflict", "conflictcsn", "copiedfrom",
			"copyingfrom", "nsschemacsn", "nsds50ruv", "ds-sync-state", "ds-sync-generation-id", "ds-sync-conflict",
			"ds-sync-hist");

	/**
	 * What only servers write, in lower case. The schema of one that does not maintain it
	 * does not have it, and that of Active Directory does not say so.
	 */
	private static final Set<String> MAINTAINED = Set.of("createtimestamp", "modifytimestamp", "creatorsname",
			"modifiersname", "entryuuid", "entrycsn", "contextcsn", "entrydn", "dsentrydn", "entryusn", "etag",
			"entryid", "parentid", "entryparentid", "nsuniqueid", "hassubordinates", "numsubordinates",
			"numallsubordinates", "subordinatecount", "nbchildren", "nbsubordinates", "structuralobjectclass",
			"governingstructurerule", "subschemasubentry", "pwdchangedtime", "pwdfailuretime", "pwdhistory",
			"pwdgraceusetime", "pwdlastsuccess", "objectguid", "whencreated", "whenchanged", "usncreated", "usnchanged",
			"instancetype", "dscorepropagationdata", "distinguishedname");

	/**
	 * The groups of an entry, in lower case: what the groups say anyway, for servers that
	 * know how to look it up.
	 */
	private static final Set<String> BACK_LINKS = Set.of("memberof", "ismemberof");

	private LdifAttributes() {
	}

	/**
	 * The query for all that belongs into a backup, and more. A server that hides its
	 * schema tells its own notes from those of people by what is a user attribute.
	 */
	static KeyQuery whole(KeyQuery query, DirectorySchema schema) {
		return schema.isHidden() ? query : query.attributes(WHOLE);
	}

	/**
	 * The attributes that belong into a backup.
	 */
	static LdapValue of(LdapValue value, DirectorySchema schema) {
		LdapValue.Builder kept = value.toBuilder();
		value.asMap().forEach((description, values) -> {
			String type = AttributeNames.typeOf(description);
			String name = AttributeNames.lower(type);
			if (values.isEmpty() || schema.isServerMaintained(type) || !schema.isWritable(description, values)
					|| REPLICATION.contains(name) || MAINTAINED.contains(name) || schema.isOfOneServer(type)
					|| schema.isUnknown(type) && BACK_LINKS.contains(name)) {
				kept.without(description);
			}
		});
		return kept.build();
	}

	/**
	 * What has to be read of entries to compare them with those of a file: its
	 * operational attributes come only if they are asked for.
	 * @return the attributes; {@code null} for all user attributes
	 */
	static @Nullable List<String> toCompare(Collection<LdifRecord> records, DirectorySchema schema) {
		Set<String> operational = new LinkedHashSet<>();
		for (LdifRecord record : records) {
			for (String name : of(record.value(), schema).asMap().keySet()) {
				String type = AttributeNames.typeOf(name);
				if (schema.isUnknown(type) || schema.isOperational(type)) {
					operational.add(type);
				}
			}
		}
		if (operational.isEmpty()) {
			return null;
		}
		List<String> all = new ArrayList<>(List.of("*"));
		all.addAll(operational);
		return all;
	}

}
