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

package io.github.ldapkv.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.testserver.TestDirectory;

/**
 * A directory with several accounts, which knows who has connected.
 */
final class BindRecorder implements AutoCloseable {

	static final String PASSWORD = "s3cret";

	private final List<String> binds = new CopyOnWriteArrayList<>();

	private final InMemoryDirectoryServer server;

	BindRecorder(String... accounts) throws LDAPException {
		InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(TestDirectory.SUFFIX);
		for (String account : accounts) {
			config.addAdditionalBindCredentials(account, PASSWORD);
		}
		config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {

			@Override
			public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
				BindRecorder.this.binds.add(request.getRequest().getBindDN());
			}

		});
		this.server = new InMemoryDirectoryServer(config);
		this.server.startListening();
	}

	String url() {
		return "ldap://localhost:" + this.server.getListenPort();
	}

	/**
	 * The accounts that have connected, one after another.
	 */
	List<String> binds() {
		return this.binds;
	}

	@Override
	public void close() {
		this.server.shutDown(true);
	}

}
