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

package io.github.ldapkv.server;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import io.github.ldapkv.LdapKeyValueTemplateBuilder;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a directory server is, and which extensions of LDAP the store may use with it.
 * <p>
 * The store asks the server's root DSE (RFC 4512, section 5.1) once, and corrects the
 * answer by what is known of the server: some do more than they say, and some less. A
 * {@link LdapKeyValueTemplateBuilder#serverCapabilities builder} may correct it again.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 */
public final class ServerCapabilities {

	private static final ServerCapabilities UNKNOWN = new ServerCapabilities("unknown server", Set.of(), null);

	private final String server;

	private final Set<Feature> features;

	private final @Nullable String versionAttribute;

	private ServerCapabilities(String server, Set<Feature> features, @Nullable String versionAttribute) {
		this.server = server;
		this.features = Set.copyOf(features);
		this.versionAttribute = versionAttribute;
	}

	/**
	 * What any server can do, and nothing else.
	 * @return no features
	 */
	public static ServerCapabilities unknown() {
		return UNKNOWN;
	}

	/**
	 * What a server of a name can do.
	 * @param server the product and its version, for messages and logs
	 * @return no features
	 */
	public static ServerCapabilities of(String server) {
		Assert.notNull(server, "The server is null");
		return new ServerCapabilities(server, Set.of(), null);
	}

	/**
	 * Adds a feature.
	 * @param feature what the server can do
	 * @return the capabilities with it
	 */
	public ServerCapabilities with(Feature feature) {
		Assert.notNull(feature, "The feature is null");
		Set<Feature> more = EnumSet.of(feature, this.features.toArray(Feature[]::new));
		return new ServerCapabilities(this.server, more, this.versionAttribute);
	}

	/**
	 * Takes a feature away.
	 * @param feature what the server cannot do, or is not to be asked for
	 * @return the capabilities without it
	 */
	public ServerCapabilities without(Feature feature) {
		Assert.notNull(feature, "The feature is null");
		Set<Feature> fewer = new HashSet<>(this.features);
		fewer.remove(feature);
		return new ServerCapabilities(this.server, fewer, this.versionAttribute);
	}

	/**
	 * Says which attribute of an entry changes with every change of the entry.
	 * @param attribute the attribute, or {@code null} if there is none
	 * @return the capabilities with it
	 * @throws IllegalArgumentException if it is no attribute type
	 */
	public ServerCapabilities withVersionAttribute(@Nullable String attribute) {
		if (attribute != null && !AttributeNames.isType(attribute)) {
			throw new IllegalArgumentException("'" + Excerpt.of(attribute) + "' is not an attribute type");
		}
		return new ServerCapabilities(this.server, this.features, attribute);
	}

	/**
	 * Whether the server has a feature.
	 * @param feature the feature
	 * @return whether it has it
	 */
	public boolean has(Feature feature) {
		Assert.notNull(feature, "The feature is null");
		return this.features.contains(feature);
	}

	/**
	 * What the store may make use of.
	 * @return the features
	 */
	public Set<Feature> features() {
		return Collections.unmodifiableSet(new TreeSet<>(this.features));
	}

	/**
	 * The attribute of an entry that changes with every change of the entry.
	 * @return the attribute, or {@code null} if there is none
	 */
	public @Nullable String versionAttribute() {
		return this.versionAttribute;
	}

	/**
	 * The product and its version, as far as the server tells.
	 * @return a text for logs
	 */
	public String server() {
		return this.server;
	}

	@Override
	public String toString() {
		return this.server + " " + new TreeSet<>(this.features)
				+ ((this.versionAttribute != null) ? ", version in " + this.versionAttribute : ", no versions");
	}

	/**
	 * An extension of LDAP that the store makes use of.
	 */
	public enum Feature {

		/**
		 * An operation is done only if a filter holds (RFC 4528).
		 */
		ASSERTION("the assertion control (RFC 4528)"),

		/**
		 * A write returns the entry as it is afterwards (RFC 4527).
		 */
		POST_READ("the post-read control (RFC 4527)"),

		/**
		 * A deletion returns the entry as it was before (RFC 4527), and so says that it
		 * was there.
		 */
		PRE_READ("the pre-read control (RFC 4527)"),

		/**
		 * To add a value that is there, or remove one that is not, is no error.
		 */
		PERMISSIVE_MODIFY("the permissive modify control"),

		/**
		 * One delete removes an entry with everything below it.
		 */
		TREE_DELETE("the tree delete control"),

		/**
		 * Several writes are done together or not at all (RFC 5805).
		 */
		TRANSACTIONS("transactions (RFC 5805)"),

		/**
		 * Entries are found by a filter on their own DN without a look at any other, so
		 * that one search reads many.
		 */
		DN_FILTER("a filter on the DN"),

		/**
		 * Content synchronization (RFC 4533): a watch is told what changes in what it
		 * reads.
		 */
		CONTENT_SYNC("content synchronization (RFC 4533)"),

		/**
		 * Persistent search (draft-ietf-ldapext-psearch): a watch is told of changes.
		 */
		PERSISTENT_SEARCH("persistent search"),

		/**
		 * Change notification of Active Directory (MS-ADTS, section 3.1.1.3.4.1.9): a
		 * watch is told that something has changed.
		 */
		CHANGE_NOTIFICATION("change notification");

		private final String description;

		Feature(String description) {
			this.description = description;
		}

		/**
		 * What the feature is called, for messages.
		 * @return a name, with the RFC if there is one
		 */
		public String description() {
			return this.description;
		}

	}

}
