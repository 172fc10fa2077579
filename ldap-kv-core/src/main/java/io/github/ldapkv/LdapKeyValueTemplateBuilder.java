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

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.ldapkv.internal.directory.ConnectionCalls;
import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.operation.FailureTranslator;
import io.github.ldapkv.internal.operation.ObservingMonitor;
import io.github.ldapkv.internal.operation.OperationMonitor;
import io.github.ldapkv.internal.operation.SlowOperationLog;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.server.KnownServer;
import io.github.ldapkv.internal.server.ServerReader;
import io.github.ldapkv.internal.text.Arguments;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Durations;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.jndi.JndiNames;
import io.github.ldapkv.internal.wire.sdk.OwnConnections;
import io.github.ldapkv.observation.DefaultLdapKeyValueObservationConvention;
import io.github.ldapkv.observation.LdapKeyValueObservationConvention;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.server.ServerCapabilities;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.core.support.AbstractContextSource;
import org.springframework.ldap.core.support.BaseLdapPathSource;
import org.springframework.util.Assert;

/**
 * Sets up an {@link LdapKeyValueTemplate}. A builder is not safe for use by several
 * threads.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 */
public final class LdapKeyValueTemplateBuilder {

	private static final int DEFAULT_PAGE_SIZE = 500;

	private final LdapTemplate ldapTemplate;

	private final Map<String, List<String>> objectClasses = new LinkedHashMap<>();

	private final Set<String> binaryAttributes = new TreeSet<>();

	private KeyPath base = KeyPath.BASE;

	private UnaryOperator<ServerCapabilities> serverCapabilities = UnaryOperator.identity();

	private int pageSize = DEFAULT_PAGE_SIZE;

	private String name = "ldapKeyValueTemplate";

	private @Nullable ObservationRegistry observationRegistry;

	private @Nullable LdapKeyValueObservationConvention observationConvention;

	private boolean observeKeys;

	private @Nullable Duration slowOperationThreshold;

	LdapKeyValueTemplateBuilder(LdapTemplate ldapTemplate) {
		Assert.notNull(ldapTemplate, "The LdapTemplate is null");
		this.ldapTemplate = ldapTemplate;
	}

	LdapKeyValueTemplateBuilder(ContextSource contextSource) {
		Assert.notNull(contextSource, "The ContextSource is null");
		this.ldapTemplate = new LdapTemplate(contextSource);
	}

	/**
	 * The entry that keys are relative to, below the base of the context source; an
	 * absolute DN under that base is taken as well. By default it is the base of the
	 * context source.
	 * @param base a path or a DN
	 * @return this builder
	 * @throws IllegalArgumentException if the base is malformed
	 */
	public LdapKeyValueTemplateBuilder base(CharSequence base) {
		this.base = LdapKey.pathOf(base);
		return this;
	}

	/**
	 * The object classes of a new entry whose value has none.
	 * @param attribute the attribute type in the last component of the key
	 * @param objectClasses the object classes
	 * @return this builder
	 * @throws IllegalArgumentException if the attribute is no attribute type
	 */
	public LdapKeyValueTemplateBuilder objectClasses(String attribute, Collection<String> objectClasses) {
		if (attribute == null || !AttributeNames.isType(attribute)) {
			throw new IllegalArgumentException("'" + Excerpt.of(attribute) + "' is not an attribute type");
		}
		Assert.notNull(objectClasses, "The object classes are null");
		Assert.noNullElements(objectClasses, "An object class is null");
		this.objectClasses.put(AttributeNames.lower(attribute), List.copyOf(objectClasses));
		return this;
	}

	/**
	 * Attributes whose values are bytes, in addition to those that the server's schema
	 * declares binary.
	 * @param attributes the names of the attributes
	 * @return this builder
	 * @throws IllegalArgumentException if a name is no attribute description
	 */
	public LdapKeyValueTemplateBuilder binaryAttributes(Collection<String> attributes) {
		Assert.notNull(attributes, "The attributes are null");
		for (String attribute : attributes) {
			Arguments.attribute(attribute);
			this.binaryAttributes.add(AttributeNames.lower(attribute));
		}
		return this;
	}

	/**
	 * How many entries a query asks the server for at a time. A server may send fewer.
	 * The default is 500. Without pages a server may send no more than some, and what it
	 * sends faster than it is read is kept in memory.
	 * @param pageSize the number of entries; 0 for all at once
	 * @return this builder
	 * @throws IllegalArgumentException if the size is less than 0
	 */
	public LdapKeyValueTemplateBuilder pageSize(int pageSize) {
		if (pageSize < 0) {
			throw new IllegalArgumentException("The page size is " + pageSize + ", less than 0");
		}
		this.pageSize = pageSize;
		return this;
	}

	/**
	 * Corrects what the store finds out about the server. Several corrections are made in
	 * the order given.
	 * @param correction gets what the store makes of the server's root DSE
	 * @return this builder
	 */
	public LdapKeyValueTemplateBuilder serverCapabilities(UnaryOperator<ServerCapabilities> correction) {
		Assert.notNull(correction, "The correction is null");
		UnaryOperator<ServerCapabilities> earlier = this.serverCapabilities;
		this.serverCapabilities = (found) -> correction.apply(earlier.apply(found));
		return this;
	}

	/**
	 * A name that tells stores apart in observations, metrics and logs. The default is
	 * {@code ldapKeyValueTemplate}.
	 * @param name the name
	 * @return this builder
	 * @throws IllegalArgumentException if the name is empty
	 */
	public LdapKeyValueTemplateBuilder name(String name) {
		Assert.notNull(name, "The name of the store is null");
		if (name.isBlank()) {
			throw new IllegalArgumentException("The name of the store is empty");
		}
		this.name = name;
		return this;
	}

	/**
	 * Where each operation is observed, by Micrometer. By default none is.
	 * @param registry the registry
	 * @return this builder
	 */
	public LdapKeyValueTemplateBuilder observationRegistry(ObservationRegistry registry) {
		this.observationRegistry = Arguments.notNull("observation registry", registry);
		return this;
	}

	/**
	 * What observations are called and which values they have. By default it is as
	 * {@link DefaultLdapKeyValueObservationConvention} says.
	 * @param convention the convention
	 * @return this builder
	 */
	public LdapKeyValueTemplateBuilder observationConvention(LdapKeyValueObservationConvention convention) {
		this.observationConvention = Arguments.notNull("observation convention", convention);
		return this;
	}

	/**
	 * Whether observations and the log of slow operations show keys, which are often
	 * names of people. By default they do not.
	 * @param observeKeys whether they do
	 * @return this builder
	 */
	public LdapKeyValueTemplateBuilder observeKeys(boolean observeKeys) {
		this.observeKeys = observeKeys;
		return this;
	}

	/**
	 * From which time on an operation is logged as slow, as a warning of
	 * {@code io.github.ldapkv.slow}. By default none is.
	 * @param threshold a positive time
	 * @return this builder
	 * @throws IllegalArgumentException if the time is not positive
	 */
	public LdapKeyValueTemplateBuilder slowOperationThreshold(Duration threshold) {
		this.slowOperationThreshold = Durations.positive("threshold of slow operations", threshold);
		return this;
	}

	/**
	 * Makes the store. Nothing is sent to the directory yet.
	 * @return the store
	 */
	public LdapKeyValueTemplate build() {
		return new LdapKeyValueTemplate(this);
	}

	KeyResolver resolver(UnaryOperator<DistinguishedName> server, Supplier<DirectorySchema> rules) {
		return new KeyResolver(contextBase(), this.base, server, rules);
	}

	FailureTranslator failures() {
		return new FailureTranslator(urls(), UnknownOutcomeException::new);
	}

	private List<String> urls() {
		OwnConnections own = own();
		if (own != null) {
			return own.urls();
		}
		return (contextSource() instanceof AbstractContextSource source) ? List.of(source.getUrls()) : List.of();
	}

	@Nullable OwnConnections own() {
		LdapConnectionPool pool = pool();
		return (pool != null) ? pool.unwrap(OwnConnections.class).orElse(null) : null;
	}

	ContextSource contextSource() {
		return this.ldapTemplate.getContextSource();
	}

	@Nullable LdapConnectionPool pool() {
		return (contextSource() instanceof LdapConnectionPool pool) ? pool : null;
	}

	Directory directory(FailureTranslator failures) {
		KnownServer server = new KnownServer(
				new ServerReader(this.ldapTemplate.getContextSource(), contextBase(), this.serverCapabilities),
				Set.copyOf(this.binaryAttributes));
		return new Directory(this.ldapTemplate, new ConnectionCalls(new JndiNames(contextBase()), server, failures),
				server, monitor());
	}

	private OperationMonitor monitor() {
		OperationMonitor monitor = OperationMonitor.NONE;
		if (this.observationRegistry != null && this.observationRegistry != ObservationRegistry.NOOP) {
			monitor = new ObservingMonitor(this.observationRegistry, this.observationConvention, this.observeKeys,
					this.name);
		}
		return (this.slowOperationThreshold != null)
				? new SlowOperationLog(monitor, this.slowOperationThreshold, this.observeKeys, this.name) : monitor;
	}

	Supplier<StoreInfo> info(Directory directory) {
		String storeName = this.name;
		String baseDn = new KeyResolver(contextBase(), this.base).base().dn();
		List<String> urls = failures().urls();
		LdapConnectionPool pool = pool();
		return () -> {
			DirectorySchema schema = directory.knownSchema();
			return new StoreInfo(storeName, baseDn, urls, directory.knownCapabilities(), (schema != null)
					? new StoreInfo.Schema(!schema.isHidden(), schema.attributeTypes(), schema.objectClasses()) : null,
					(pool != null) ? pool.state() : List.of());
		};
	}

	/**
	 * What the threads of the store are called, by the store and its server.
	 */
	String threads() {
		String server = failures().urls().stream().findFirst().orElse("").replaceFirst("^[a-zA-Z]+://", "");
		return "ldapkv-" + this.name + (server.isEmpty() ? "" : "-" + server);
	}

	Map<String, List<String>> objectClasses() {
		return Map.copyOf(this.objectClasses);
	}

	int pageSize() {
		return this.pageSize;
	}

	/**
	 * The base of the context source, which JNDI adds to each name.
	 */
	private DistinguishedName contextBase() {
		OwnConnections own = own();
		if (own != null) {
			return own.base();
		}
		return (contextSource() instanceof BaseLdapPathSource source)
				? DistinguishedName.ofServerDn(source.getBaseLdapName().toString()) : DistinguishedName.ROOT;
	}

}
