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

package io.github.ldapkv.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import com.unboundid.ldap.sdk.BindRequest;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.text.Arguments;
import io.github.ldapkv.internal.text.Durations;
import org.jspecify.annotations.Nullable;

import org.springframework.ldap.core.AuthenticationSource;

/**
 * Sets up an {@link LdapConnectionPool}. A builder is not safe for use by several
 * threads.
 * <p>
 * No argument may be {@code null}: it is refused by an {@link IllegalArgumentException}.
 */
public final class LdapConnectionPoolBuilder {

	private final List<String> urls;

	private final List<String> readUrls = new ArrayList<>();

	private String base = "";

	private @Nullable AuthenticationSource authenticationSource;

	private @Nullable Supplier<BindRequest> bindRequest;

	private String name = "";

	private boolean anonymousReads;

	private boolean readsFallBack = true;

	private @Nullable Supplier<SSLContext> sslContext;

	private boolean startTls;

	private boolean externalBind;

	private Duration connectTimeout = Duration.ofSeconds(5);

	private Duration readTimeout = Duration.ofSeconds(30);

	private PoolLimits limits = PoolLimits.DEFAULT;

	LdapConnectionPoolBuilder(Collection<String> urls) {
		this.urls = ServerUrls.checked(urls);
		if (this.urls.isEmpty()) {
			throw new IllegalArgumentException("There is no URL");
		}
	}

	/**
	 * What the pool is called in the log, and in the names of its threads: mostly the
	 * name of its store. The default is its first server.
	 * @param name the name
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder name(String name) {
		this.name = Arguments.notNull("name", name);
		return this;
	}

	/**
	 * The entry that names are relative to.
	 * @param base its DN, or its path from the root of the tree down; empty for none
	 * @return this builder
	 * @throws IllegalArgumentException if it is malformed
	 */
	public LdapConnectionPoolBuilder base(String base) {
		this.base = "".equals(base) ? "" : DistinguishedName.of(Arguments.notNull("base", base)).dn();
		return this;
	}

	/**
	 * The account to bind with. Without one the store is anonymous.
	 * @param userDn the account, a full DN on most servers
	 * @param password its password
	 * @return this builder
	 * @throws IllegalArgumentException if either is empty: a server takes a bind without
	 * a password for an anonymous one
	 */
	public LdapConnectionPoolBuilder user(String userDn, String password) {
		if (Arguments.notNull("user name", userDn).isEmpty() || Arguments.notNull("password", password).isEmpty()) {
			throw new IllegalArgumentException("The user name or its password is empty");
		}
		return authenticationSource(new FixedAccount(userDn, password));
	}

	/**
	 * Where the account comes from, asked for each new connection. One with a user name
	 * or a password only is refused then, since a server takes it for an anonymous one.
	 * @param authenticationSource the source
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder authenticationSource(AuthenticationSource authenticationSource) {
		this.authenticationSource = Arguments.notNull("authentication source", authenticationSource);
		return this;
	}

	/**
	 * How to bind, other than with a user name and password: by another mechanism of SASL
	 * (RFC 4422), such as {@code GSSAPIBindRequest} of the UnboundID SDK. It takes the
	 * place of the account, and goes without {@link #externalBind}. A security layer of
	 * the mechanism is not used: it is TLS that encrypts.
	 * @param bindRequest gives the request, asked for each new connection
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder bindRequest(Supplier<BindRequest> bindRequest) {
		this.bindRequest = Arguments.notNull("supplier of the bind request", bindRequest);
		return this;
	}

	/**
	 * Whether reads are anonymous although writes are not.
	 * @param anonymousReads whether they are
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder anonymousReads(boolean anonymousReads) {
		this.anonymousReads = anonymousReads;
		return this;
	}

	/**
	 * Servers that reads go to, such as replicas; writes go to the others. What was
	 * written is then read when the replica has it, and not at once.
	 * @param urls LDAP URLs, the most wanted first
	 * @return this builder
	 * @throws IllegalArgumentException if one is malformed
	 */
	public LdapConnectionPoolBuilder readUrls(Collection<String> urls) {
		this.readUrls.clear();
		this.readUrls.addAll(ServerUrls.checked(urls));
		return this;
	}

	/**
	 * Whether reads go to the servers for writes while no read server answers. The
	 * default is that they do.
	 * @param readsFallBack whether they do
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder readsFallBack(boolean readsFallBack) {
		this.readsFallBack = readsFallBack;
		return this;
	}

	/**
	 * Whom {@code ldaps://} and StartTLS trust. It is asked for each new connection, so
	 * that it may change. If it gives none, no connection is opened.
	 * @param sslContext gives the context
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder sslContext(Supplier<SSLContext> sslContext) {
		this.sslContext = Arguments.notNull("supplier of the TLS context", sslContext);
		return this;
	}

	/**
	 * Whether to start TLS on {@code ldap://} connections (RFC 4511, section 4.14) before
	 * anything else is sent.
	 * @param startTls whether to
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder startTls(boolean startTls) {
		this.startTls = startTls;
		return this;
	}

	/**
	 * Whether to bind as the client certificate of the TLS connection (SASL EXTERNAL, RFC
	 * 4422), and not with a user name and password.
	 * @param externalBind whether to
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder externalBind(boolean externalBind) {
		this.externalBind = externalBind;
		return this;
	}

	/**
	 * How long to wait for a connection, with its TLS handshake and its bind. The default
	 * is 5 seconds.
	 * @param connectTimeout a time of at least a millisecond
	 * @return this builder
	 * @throws IllegalArgumentException if it is shorter, or more than 24 days, which no
	 * socket can count
	 */
	public LdapConnectionPoolBuilder connectTimeout(Duration connectTimeout) {
		this.connectTimeout = Durations.countable("connect timeout", connectTimeout);
		return this;
	}

	/**
	 * How long to wait for each answer of a server. The default is 30 seconds.
	 * @param readTimeout a time of at least a millisecond
	 * @return this builder
	 * @throws IllegalArgumentException if it is shorter, or more than 24 days, which no
	 * socket can count
	 */
	public LdapConnectionPoolBuilder readTimeout(Duration readTimeout) {
		this.readTimeout = Durations.countable("read timeout", readTimeout);
		return this;
	}

	/**
	 * How many connections there are at most. The default is 8. With read servers there
	 * are as many to those again.
	 * @param maxSize at least 1
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder maxSize(int maxSize) {
		if (maxSize < 1) {
			throw new IllegalArgumentException("The maximum size is " + maxSize + ", less than 1");
		}
		this.limits = this.limits.withMaxSize(maxSize);
		return this;
	}

	/**
	 * How many idle connections are kept open ahead of need. The default is 0.
	 * @param minIdle 0 or more
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder minIdle(int minIdle) {
		if (minIdle < 0) {
			throw new IllegalArgumentException("The number of idle connections is " + minIdle + ", less than 0");
		}
		this.limits = this.limits.withMinIdle(minIdle);
		return this;
	}

	/**
	 * How long a call waits while all connections are in use. The default is 5 seconds.
	 * @param maxWait a positive time
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder maxWait(Duration maxWait) {
		this.limits = this.limits.withMaxWait(Durations.positive("maximum wait", maxWait));
		return this;
	}

	/**
	 * After how long an idle connection is closed. The default is 5 minutes; servers and
	 * firewalls cut idle connections after 15 or so.
	 * @param idleTimeout a positive time
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder idleTimeout(Duration idleTimeout) {
		this.limits = this.limits.withIdleTimeout(Durations.positive("idle timeout", idleTimeout));
		return this;
	}

	/**
	 * After how long a connection is no longer used, so that the pool goes back to the
	 * first server, and to new certificates and passwords. The default is 30 minutes.
	 * @param maxAge a positive time
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder maxAge(Duration maxAge) {
		this.limits = this.limits.withMaxAge(Durations.positive("maximum age", maxAge));
		return this;
	}

	/**
	 * After how long an idle connection is asked whether it is alive, by a read of one
	 * round trip, before it is used. The default is 10 seconds. Once a connection was
	 * found broken, all that were idle then are asked.
	 * @param validateAfterIdle a time, or zero to ask always
	 * @return this builder
	 */
	public LdapConnectionPoolBuilder validateAfterIdle(Duration validateAfterIdle) {
		if (Arguments.notNull("time until validation", validateAfterIdle).isNegative()) {
			throw new IllegalArgumentException("The time until validation is negative: " + validateAfterIdle);
		}
		this.limits = this.limits.withValidateAfterIdle(validateAfterIdle);
		return this;
	}

	/**
	 * Makes the pool. No connection is opened yet.
	 * @return the pool
	 * @throws IllegalArgumentException if the settings contradict each other
	 */
	public LdapConnectionPool build() {
		if (this.limits.minIdle() > this.limits.maxSize()) {
			throw new IllegalArgumentException("The number of idle connections is " + this.limits.minIdle()
					+ ", more than the maximum size of " + this.limits.maxSize());
		}
		List<String> all = allUrls();
		long encrypted = all.stream().filter(ServerUrls::isEncrypted).count();
		if (encrypted > 0 && encrypted < all.size()) {
			throw new IllegalArgumentException("The URLs " + all + " mix ldap:// and ldaps://, so that a failure of "
					+ "one server would send the password in clear text to the next");
		}
		if (encrypted > 0 && this.startTls) {
			throw new IllegalArgumentException("StartTLS is for ldap://, and the URLs " + all + " are ldaps://");
		}
		if (this.sslContext != null && encrypted == 0 && !this.startTls) {
			throw new IllegalArgumentException("An SSL context has no effect on ldap://, which is in clear text: it "
					+ "takes ldaps:// or StartTLS");
		}
		if (this.externalBind && encrypted == 0 && !this.startTls) {
			throw new IllegalArgumentException("To bind as a client certificate takes ldaps:// or StartTLS");
		}
		if (this.bindRequest != null && this.externalBind) {
			throw new IllegalArgumentException("A bind request of one's own takes the place of a bind as a client "
					+ "certificate, which cannot be set beside it");
		}
		return pool();
	}

	private LdapConnectionPool pool() {
		PoolName called = PoolName.of(this.name, this.urls.get(0));
		List<PoolListener> listeners = new CopyOnWriteArrayList<>();
		QueueFactory queues = new QueueFactory(called, this.limits, listeners);
		BindSettings account = account(called);
		BindSettings reader = this.anonymousReads ? BindSettings.ANONYMOUS : account;
		boolean apart = separatesReads();
		ConnectionQueue writes = queues.of(apart ? PoolRole.WRITE : PoolRole.ALL, this.urls,
				(events) -> opener(account, events));
		ConnectionQueue reads = apart ? queues.of(PoolRole.READ, serversForReads(), (events) -> opener(reader, events))
				: writes;
		return new LdapConnectionPool(baseKey(), allUrls(), writes, reads, listeners);
	}

	private List<String> allUrls() {
		return Stream.concat(this.urls.stream(), this.readUrls.stream()).toList();
	}

	private List<String> serversForReads() {
		List<String> servers = new ArrayList<>(this.readUrls);
		if (servers.isEmpty() || this.readsFallBack) {
			servers.addAll(this.urls);
		}
		return servers;
	}

	/**
	 * How the pool binds, where reads are not anonymous.
	 */
	BindSettings account(PoolName called) {
		return new BindSettings(
				(this.authenticationSource != null) ? this.authenticationSource : FixedAccount.ANONYMOUS,
				this.externalBind ? BindSettings.EXTERNAL : this.bindRequest,
				new BindGate(called.toString(), System::nanoTime, this.connectTimeout.toNanos()));
	}

	private ConnectionOpener opener(BindSettings bind, PoolEvents events) {
		return new ConnectionOpener(bind,
				new TlsSettings(this.startTls,
						(this.sslContext != null) ? this.sslContext : TlsSettings::trustOfTheJdk),
				this.connectTimeout, this.readTimeout, events);
	}

	private boolean separatesReads() {
		return !this.readUrls.isEmpty()
				|| this.anonymousReads && (this.authenticationSource != null || this.bindRequest != null);
	}

	private DistinguishedName baseKey() {
		return this.base.isEmpty() ? DistinguishedName.ROOT : DistinguishedName.of(this.base);
	}

}
