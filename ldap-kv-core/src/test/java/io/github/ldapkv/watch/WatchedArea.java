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

package io.github.ldapkv.watch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPoolBuilder;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;

/**
 * A part of a directory that one test watches through a proxy, and writes to without it.
 */
final class WatchedArea implements AutoCloseable {

	/**
	 * The account of the image that may read everything.
	 */
	static final String READER = "cn=readonly," + TestDirectory.SUFFIX;

	private static final AtomicInteger AREAS = new AtomicInteger();

	private final OpenLdapContainer server;

	private final String top = "/ou=watched-" + AREAS.incrementAndGet();

	private final TcpProxy proxy;

	private LdapKeyValueTemplate admin;

	WatchedArea(OpenLdapContainer server) {
		this.server = server;
		this.proxy = new TcpProxy(server.host(), server.port());
		this.admin = open();
		this.admin.put(this.top, unit("top"));
	}

	private LdapKeyValueTemplate open() {
		return new LdapKeyValueTemplate(this.server.pool().base(TestDirectory.SUFFIX).build());
	}

	String top() {
		return this.top;
	}

	TcpProxy proxy() {
		return this.proxy;
	}

	/**
	 * A store that shows what is there.
	 */
	LdapKeyValueTemplate admin() {
		return this.admin;
	}

	/**
	 * The server has another port since it was started again.
	 */
	void reconnect() {
		this.admin.close();
		this.admin = open();
		this.proxy.target(this.server.host(), this.server.port());
	}

	/**
	 * A pool of the administrator through the proxy, which does not wait long.
	 */
	LdapConnectionPoolBuilder pool() {
		return impatient(this.server.poolAt(this.proxy.url()));
	}

	static LdapConnectionPoolBuilder impatient(LdapConnectionPoolBuilder pool) {
		return pool.base(TestDirectory.SUFFIX).connectTimeout(Duration.ofSeconds(1)).readTimeout(Duration.ofSeconds(2));
	}

	LdapKeyValueTemplate store() {
		return new LdapKeyValueTemplate(pool().build());
	}

	/**
	 * A store of an account that may only read.
	 */
	LdapKeyValueTemplate readerStore() {
		return new LdapKeyValueTemplate(pool().user(READER, "readonly").build());
	}

	String key(String name) {
		return this.top + "/ou=" + name;
	}

	void put(String name, String description) {
		this.admin.put(key(name), unit(description));
	}

	void delete(String name) {
		this.admin.delete(key(name));
	}

	static Map<String, Object> unit(String description) {
		return Map.of("objectClass", "organizationalUnit", "description", description);
	}

	/**
	 * Makes sure that nothing is left of watches.
	 */
	void assertNothingStays() {
		Watching.assertNothingStays(this.proxy.port());
	}

	@Override
	public void close() {
		this.admin.close();
		this.proxy.close();
	}

}
