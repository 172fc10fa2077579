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

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.ChaosProxy;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;

/**
 * An OpenLDAP that is reached in two ways, of which only one is disturbed.
 */
final class WatchedServer implements AutoCloseable {

	private final OpenLdapContainer container;

	private final ChaosProxy disturbed;

	private final TcpProxy direct;

	private final LdapKeyValueTemplate store;

	/**
	 * Starts a server.
	 * @param container the container, which is not started yet
	 */
	WatchedServer(OpenLdapContainer container, long seed) {
		this.container = container.withEnv("LDAP_LOG_LEVEL", "0").withEnv("LDAP_NOSYNC", "true");
		this.container.start();
		this.disturbed = new ChaosProxy(container.host(), container.port(), seed);
		this.direct = new TcpProxy(container.host(), container.port());
		this.store = new LdapKeyValueTemplate(container.poolAt(this.direct.url()).build());
	}

	OpenLdapContainer container() {
		return this.container;
	}

	/**
	 * The way for watches.
	 */
	ChaosProxy disturbed() {
		return this.disturbed;
	}

	/**
	 * The way for writers, and for those who compare.
	 */
	String url() {
		return this.direct.url();
	}

	/**
	 * A store of the undisturbed way.
	 */
	LdapKeyValueTemplate store() {
		return this.store;
	}

	boolean isFollowedBy(LdapWatch watch) {
		return watch.state().source().server().matches(".*:" + this.disturbed.port() + "\\b.*");
	}

	void kill() {
		this.container.kill();
		this.disturbed.target(this.container.host(), this.container.port());
		this.direct.target(this.container.host(), this.container.port());
	}

	@Override
	public void close() {
		this.store.close();
		this.disturbed.close();
		this.direct.close();
		this.container.stop();
	}

}
