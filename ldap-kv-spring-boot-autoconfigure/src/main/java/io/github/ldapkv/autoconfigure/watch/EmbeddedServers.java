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

package io.github.ldapkv.autoconfigure.watch;

import java.net.URI;
import java.util.Set;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The embedded directories that are beans, as the one is that Boot starts.
 */
final class EmbeddedServers {

	private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

	private final ObjectProvider<InMemoryDirectoryServer> servers;

	EmbeddedServers(ObjectProvider<InMemoryDirectoryServer> servers) {
		this.servers = servers;
	}

	/**
	 * Whether a store is on one of them.
	 */
	boolean have(LdapKeyValueOperations store) {
		return store.unwrap(LdapKeyValueTemplate.class)
			.filter((template) -> template.info().urls().stream().anyMatch(this::have))
			.isPresent();
	}

	private boolean have(String url) {
		URI uri = URI.create(url);
		return uri.getHost() != null && HERE.contains(uri.getHost())
				&& this.servers.stream().anyMatch((server) -> server.getListenPort() == uri.getPort());
	}

}
