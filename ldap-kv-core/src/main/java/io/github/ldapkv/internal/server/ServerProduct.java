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

package io.github.ldapkv.internal.server;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;

import com.unboundid.ldap.sdk.Entry;
import io.github.ldapkv.internal.wire.Quirk;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

/**
 * The products that are known: how each is told from its root DSE, what it can do besides
 * what it says, and what it cannot although it says so.
 */
enum ServerProduct {

	/**
	 * Does a permissive modify, and does not say so.
	 */
	OPENLDAP("OpenLDAP", (rootDse, name) -> rootDse.hasObjectClass("OpenLDAProotDSE"), "entryCSN",
			Set.of(Feature.PERMISSIVE_MODIFY, Feature.DN_FILTER), Set.of(),
			Set.of(Quirk.CRASHES_AT_THE_END_OF_A_TRANSACTION)),

	SAMBA("Active Directory", (rootDse, name) -> isActiveDirectory(rootDse) && name.contains("samba"), "uSNChanged",
			Set.of(Feature.DN_FILTER), Set.of(),
			Set.of(Quirk.MINDS_OBJECT_CLASSES, Quirk.HAS_A_NAME_OF_ITS_OWN_FOR_THE_DN,
					Quirk.VERSIONS_ARE_OF_ONE_SERVER)),

	ACTIVE_DIRECTORY("Active Directory", (rootDse, name) -> isActiveDirectory(rootDse), "uSNChanged",
			Set.of(Feature.DN_FILTER), Set.of(),
			Set.of(Quirk.HAS_A_NAME_OF_ITS_OWN_FOR_THE_DN, Quirk.VERSIONS_ARE_OF_ONE_SERVER)),

	/**
	 * Offers all three: a tree delete stops half way, a permissive modify is refused, and
	 * a transaction breaks. No filter finds an entryCSN. The content that is synchronized
	 * comes seconds late, and a rename in a form that no RFC knows.
	 */
	APACHE_DS(null, (rootDse, name) -> name.contains("apache"), "entryCSN", Set.of(),
			Set.of(Feature.TREE_DELETE, Feature.PERMISSIVE_MODIFY, Feature.TRANSACTIONS, Feature.CONTENT_SYNC),
			Set.of(Quirk.LOSES_PAGES)),

	/**
	 * A transaction that fails leaves a part behind.
	 */
	OPENDJ(null,
			(rootDse, name) -> name.contains("opendj") || name.contains("forgerock") || name.contains("wren")
					|| name.contains("open identity platform"),
			"etag", Set.of(), Set.of(Feature.TRANSACTIONS), Set.of()),

	/**
	 * The server in memory of the UnboundID SDK, whose times have milliseconds.
	 */
	IN_MEMORY(null, (rootDse, name) -> name.contains("unboundid ldap sdk"), "modifyTimestamp", Set.of(), Set.of(),
			Set.of(Quirk.VERSIONS_ARE_TIMES)),

	/**
	 * A cookie of content synchronization that it does not like makes it crash.
	 */
	DIRECTORY_SERVER_389(null, (rootDse, name) -> name.contains("389"), "entryusn", Set.of(Feature.DN_FILTER),
			Set.of(Feature.CONTENT_SYNC),
			Set.of(Quirk.HIDES_A_MISSING_BASE, Quirk.HIDES_SUBENTRIES, Quirk.VERSIONS_ARE_OF_ONE_SERVER)),

	UNKNOWN(null, (rootDse, name) -> true, null, Set.of(), Set.of(), Set.of());

	private final @Nullable String title;

	private final BiPredicate<Entry, String> recognition;

	private final @Nullable String versionAttribute;

	private final Set<Feature> unsaid;

	private final Set<Feature> broken;

	private final Set<Quirk> quirks;

	/**
	 * Describes a product.
	 * @param title what it is called; {@code null} for what it calls itself
	 * @param recognition by the root DSE and the name in it, in lower case
	 */
	ServerProduct(@Nullable String title, BiPredicate<Entry, String> recognition, @Nullable String versionAttribute,
			Set<Feature> unsaid, Set<Feature> broken, Set<Quirk> quirks) {
		this.title = title;
		this.recognition = recognition;
		this.versionAttribute = versionAttribute;
		this.unsaid = unsaid;
		this.broken = broken;
		this.quirks = quirks;
	}

	private static boolean isActiveDirectory(Entry rootDse) {
		return rootDse.hasAttribute("forestFunctionality");
	}

	/**
	 * The product of a server.
	 * @param name the name and version that it gives itself
	 */
	static ServerProduct of(Entry rootDse, String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		for (ServerProduct product : values()) {
			if (product.recognition.test(rootDse, lower)) {
				return product;
			}
		}
		return UNKNOWN;
	}

	/**
	 * What a server of this product can do.
	 * @param name the name and version that it gives itself
	 * @param offered what it says that it can do
	 */
	ServerCapabilities correct(String name, Set<Feature> offered) {
		Set<Feature> features = EnumSet.noneOf(Feature.class);
		features.addAll(offered);
		features.addAll(this.unsaid);
		features.removeAll(this.broken);
		ServerCapabilities capabilities = (this.title != null) ? ServerCapabilities.of(this.title)
				: name.isEmpty() ? ServerCapabilities.unknown() : ServerCapabilities.of(name);
		for (Feature feature : features) {
			capabilities = capabilities.with(feature);
		}
		return capabilities.withVersionAttribute(this.versionAttribute);
	}

	/**
	 * What it does that no standard foresees.
	 */
	Set<Quirk> quirks() {
		return this.quirks;
	}

}
