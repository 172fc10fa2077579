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

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.ServerCapabilities.Feature;
import io.github.ldapkv.internal.text.Excerpt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from a server's root DSE what the server can do.
 */
final class RootDse {

	private static final Logger logger = LoggerFactory.getLogger(RootDse.class);

	private static final String[] ATTRIBUTES = { "objectClass", "vendorName", "vendorVersion", "supportedControl",
			"supportedExtension", "forestFunctionality" };

	private static final String START_TRANSACTION = "1.3.6.1.1.21.1";

	private static final Map<Feature, String> CONTROLS = Map.of(Feature.ASSERTION, "1.3.6.1.1.12", Feature.PRE_READ,
			"1.3.6.1.1.13.1", Feature.POST_READ, "1.3.6.1.1.13.2", Feature.PERMISSIVE_MODIFY, "1.2.840.113556.1.4.1413",
			Feature.TREE_DELETE, "1.2.840.113556.1.4.805");

	private RootDse() {
	}

	/**
	 * Reads the capabilities.
	 * @param root a connection without a base
	 * @return the capabilities; those of an unknown server if it does not tell
	 * @throws LDAPException if the connection fails, or the server is busy
	 */
	static ServerCapabilities read(Session root) throws LDAPException {
		Entry entry;
		try {
			entry = root.read(new SearchRequest("", SearchScope.BASE, Session.ANY_ENTRY, ATTRIBUTES));
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isPassing(ex)) {
				throw ex;
			}
			logger.debug("The root DSE cannot be read", ServerResult.presentable(ex));
			return ServerCapabilities.unknown();
		}
		return (entry != null) ? of(entry) : ServerCapabilities.unknown();
	}

	private static ServerCapabilities of(Entry rootDse) {
		Set<String> offered = new HashSet<>(values(rootDse, "supportedControl"));
		Set<String> extensions = values(rootDse, "supportedExtension");
		Set<Feature> features = EnumSet.noneOf(Feature.class);
		CONTROLS.forEach((feature, oid) -> {
			if (offered.contains(oid)) {
				features.add(feature);
			}
		});
		if (extensions.contains(START_TRANSACTION)) {
			features.add(Feature.TRANSACTIONS);
		}
		String server = Excerpt.of((String.join(" ", values(rootDse, "vendorName")) + " "
				+ String.join(" ", values(rootDse, "vendorVersion")))
			.strip());
		String lower = server.toLowerCase(Locale.ROOT);
		if (values(rootDse, "objectClass").stream().anyMatch("OpenLDAProotDSE"::equalsIgnoreCase)) {
			// Does it, and does not say so.
			features.add(Feature.PERMISSIVE_MODIFY);
			features.add(Feature.DN_FILTER);
			return new ServerCapabilities("OpenLDAP", features, "entryCSN")
				.with(Quirk.CRASHES_AT_THE_END_OF_A_TRANSACTION);
		}
		if (rootDse.hasAttribute("forestFunctionality")) {
			features.add(Feature.DN_FILTER);
			ServerCapabilities found = new ServerCapabilities(ServerCapabilities.ACTIVE_DIRECTORY, features,
					"uSNChanged");
			return lower.contains("samba") ? found.with(Quirk.MINDS_OBJECT_CLASSES) : found;
		}
		if (lower.contains("apache")) {
			// Offers all three: a tree delete stops half way, a permissive modify is
			// refused, and a transaction breaks. No filter finds an entryCSN.
			features.remove(Feature.TREE_DELETE);
			features.remove(Feature.PERMISSIVE_MODIFY);
			features.remove(Feature.TRANSACTIONS);
			return new ServerCapabilities(server, features, "entryCSN").with(Quirk.LOSES_PAGES);
		}
		if (lower.contains("opendj") || lower.contains("forgerock") || lower.contains("wren")
				|| lower.contains("open identity platform")) {
			// A transaction that fails leaves a part behind.
			features.remove(Feature.TRANSACTIONS);
			return new ServerCapabilities(server, features, "etag");
		}
		if (lower.contains("unboundid ldap sdk")) {
			// The server in memory, whose times have milliseconds.
			return new ServerCapabilities(server, features, "modifyTimestamp").with(Quirk.VERSIONS_ARE_TIMES);
		}
		if (lower.contains("389")) {
			features.add(Feature.DN_FILTER);
			return new ServerCapabilities(server, features, "entryusn").with(Quirk.HIDES_A_MISSING_BASE)
				.with(Quirk.HIDES_SUBENTRIES);
		}
		return new ServerCapabilities(server.isEmpty() ? "unknown server" : server, features, null);
	}

	private static Set<String> values(Entry rootDse, String name) {
		String[] values = rootDse.getAttributeValues(name);
		return (values != null) ? new HashSet<>(Arrays.asList(values)) : Set.of();
	}

}
