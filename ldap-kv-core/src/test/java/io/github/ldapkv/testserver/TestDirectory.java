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

package io.github.ldapkv.testserver;

import java.time.Duration;
import java.util.List;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.LdapConnectionPoolBuilder;

import org.springframework.ldap.core.support.LdapContextSource;

/**
 * A running directory that a test may write to.
 */
public interface TestDirectory {

	/**
	 * The suffix of the directory. The entry is there.
	 */
	String SUFFIX = "dc=test,dc=org";

	/**
	 * The product and its version, for documents.
	 * @return a text
	 */
	String product();

	/**
	 * The host that the directory listens on.
	 * @return a name or an address
	 */
	String host();

	/**
	 * The port that the directory listens on.
	 * @return the port of plain LDAP
	 */
	int port();

	/**
	 * Where the directory listens.
	 * @return an LDAP URL without a DN
	 */
	default String url() {
		return "ldap://" + host() + ":" + port();
	}

	/**
	 * Who may write everything below the suffix.
	 * @return the DN of the administrator
	 */
	String userDn();

	/**
	 * The administrator's password.
	 * @return the password
	 */
	String password();

	/**
	 * A source of connections as Boot makes one, without a base.
	 * @return a new source
	 */
	default LdapContextSource contextSource() {
		return contextSource("");
	}

	/**
	 * A source of connections as Boot makes one.
	 * @param base the base of the source
	 * @return a new source
	 */
	default LdapContextSource contextSource(String base) {
		LdapContextSource source = new LdapContextSource();
		source.setUrl(url());
		source.setBase(base);
		source.setUserDn(userDn());
		source.setPassword(password());
		source.afterPropertiesSet();
		return source;
	}

	/**
	 * Starts a pool of connections as the administrator.
	 * @return a builder
	 */
	default LdapConnectionPoolBuilder pool() {
		// A server on a busy machine may take its time.
		return poolAt(url()).readTimeout(Duration.ofMinutes(2));
	}

	/**
	 * Opens a store on a pool of connections as the administrator.
	 * @return the store, to be closed
	 */
	default LdapKeyValueTemplate store() {
		return new LdapKeyValueTemplate(pool().build());
	}

	/**
	 * Starts a pool of connections as the administrator, through something that stands in
	 * front of the directory, or to another directory too.
	 * @param urls where to connect to
	 * @return a builder
	 */
	default LdapConnectionPoolBuilder poolAt(String... urls) {
		return LdapConnectionPool.builder(List.of(urls)).user(userDn(), password());
	}

	/**
	 * The requests that the server saw while code ran, other than those that open and
	 * close a connection: {@code SEARCH} with the attributes asked for, {@code ADD},
	 * {@code MODIFY}, {@code DELETE}, {@code MODDN}, {@code EXTENDED}, {@code ABANDON}.
	 * @param code what to run
	 * @return the requests in their order
	 */
	List<String> requestsDuring(Runnable code);

	/**
	 * Opens a connection that shows what the server really holds.
	 * @return a connection of the administrator, to be closed
	 */
	default LDAPConnection connect() {
		try {
			return new LDAPConnection(host(), port(), userDn(), password());
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
