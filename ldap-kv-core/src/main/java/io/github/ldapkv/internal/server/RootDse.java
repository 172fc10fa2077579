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

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.ServerFacts;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from a server's root DSE what the server is, and what it can do.
 */
final class RootDse {

	private static final Logger logger = LoggerFactory.getLogger(RootDse.class);

	private static final String[] ATTRIBUTES = { "objectClass", "vendorName", "vendorVersion", "supportedControl",
			"supportedExtension", "forestFunctionality" };

	private static final String START_TRANSACTION = "1.3.6.1.1.21.1";

	private static final Map<Feature, String> CONTROLS = Map.of(Feature.ASSERTION, "1.3.6.1.1.12", Feature.PRE_READ,
			"1.3.6.1.1.13.1", Feature.POST_READ, "1.3.6.1.1.13.2", Feature.PERMISSIVE_MODIFY, "1.2.840.113556.1.4.1413",
			Feature.TREE_DELETE, "1.2.840.113556.1.4.805", Feature.CONTENT_SYNC, "1.3.6.1.4.1.4203.1.9.1.1",
			Feature.PERSISTENT_SEARCH, "2.16.840.1.113730.3.4.3", Feature.CHANGE_NOTIFICATION,
			"1.2.840.113556.1.4.528");

	private RootDse() {
	}

	/**
	 * Reads what the server is.
	 * @param root a connection without a base
	 * @return the facts, without the schema; those of an unknown server if it does not
	 * tell
	 * @throws LDAPException if the connection fails, or the server is busy
	 */
	static ServerFacts read(Session root) throws LDAPException {
		Entry entry;
		try {
			entry = root.read(new SearchRequest("", SearchScope.BASE, Session.ANY_ENTRY, ATTRIBUTES));
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isPassing(ex)) {
				throw ex;
			}
			logger.debug("The root DSE cannot be read", ServerResult.presentable(ex));
			return ServerFacts.NOTHING;
		}
		return (entry != null) ? of(entry) : ServerFacts.NOTHING;
	}

	private static ServerFacts of(Entry rootDse) {
		String name = Excerpt.of((String.join(" ", values(rootDse, "vendorName")) + " "
				+ String.join(" ", values(rootDse, "vendorVersion")))
			.strip());
		ServerProduct product = ServerProduct.of(rootDse, name);
		return new ServerFacts(DirectorySchema.hidden(), product.correct(name, offered(rootDse)), product.quirks());
	}

	/**
	 * What the server says that it can do.
	 */
	private static Set<Feature> offered(Entry rootDse) {
		Set<String> controls = values(rootDse, "supportedControl");
		Set<Feature> features = EnumSet.noneOf(Feature.class);
		CONTROLS.forEach((feature, oid) -> {
			if (controls.contains(oid)) {
				features.add(feature);
			}
		});
		if (values(rootDse, "supportedExtension").contains(START_TRANSACTION)) {
			features.add(Feature.TRANSACTIONS);
		}
		return features;
	}

	private static Set<String> values(Entry rootDse, String name) {
		String[] values = rootDse.getAttributeValues(name);
		return (values != null) ? new HashSet<>(Arrays.asList(values)) : Set.of();
	}

}
