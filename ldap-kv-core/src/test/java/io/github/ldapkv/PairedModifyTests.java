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

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import io.github.ldapkv.ServerCapabilities.Feature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Compare-and-set without the assertion control, while somebody else writes at the worst
 * moment: right before or right after the store's own Modify.
 */
class PairedModifyTests {

	private static final String KEY = "/dc=org/dc=test/uid=jdoe";

	private final AtomicReference<Map<String, Object>> before = new AtomicReference<>();

	private final AtomicReference<Map<String, Object>> after = new AtomicReference<>();

	private InMemoryDirectoryServer server;

	private LdapKeyValueTemplate store;

	private LdapKeyValueTemplate other;

	@BeforeEach
	void start() throws Exception {
		InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=test,dc=org");
		config.addAdditionalBindCredentials("cn=admin", "admin");
		config.addInMemoryOperationInterceptor(new Interference());
		this.server = new InMemoryDirectoryServer(config);
		this.server.add("dn: dc=test,dc=org", "objectClass: domain", "dc: test");
		this.server.startListening();
		this.store = store();
		this.other = store();
		this.store.put(KEY, Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "employeeNumber", 1));
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.other.close();
		this.server.shutDown(true);
	}

	private LdapKeyValueTemplate store() {
		return LdapKeyValueTemplate
			.builder(LdapConnectionPool.builder(List.of("ldap://localhost:" + this.server.getListenPort()))
				.user("cn=admin", "admin")
				.build())
			.serverCapabilities((found) -> found.without(Feature.ASSERTION).without(Feature.POST_READ))
			.build();
	}

	@Test
	void anAttributeThatSomebodyElseHasJustChangedIsNotWritten() {
		Version version = version();
		this.before.set(Map.of("employeeNumber", 7));
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.store.ifUnchanged(version).put(KEY, Map.of("employeeNumber", 2)));
		assertThat(this.store.getRequired(KEY).texts("employeeNumber")).containsExactly("7");
	}

	@Test
	void anAttributeThatSomebodyElseHasJustCreatedIsNotWritten() {
		Version version = version();
		this.before.set(Map.of("displayName", "theirs"));
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.store.ifUnchanged(version).put(KEY, Map.of("displayName", "mine")));
		assertThat(this.store.getRequired(KEY).texts("displayName")).containsExactly("theirs");
	}

	@Test
	void theVersionIsOutdatedIfSomebodyElseHasWrittenRightAfter() {
		Version version = version();
		this.after.set(Map.of("title", "theirs"));
		Version second = this.store.ifUnchanged(version).put(KEY, Map.of("employeeNumber", 2));
		assertThat(second).isNotEqualTo(version());
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.store.ifUnchanged(second).put(KEY, Map.of("employeeNumber", 3)));
	}

	@Test
	void whatTheSchemaRefusesIsNotTakenForAChange() {
		Version version = version();
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.store.ifUnchanged(version).put(KEY, Map.of("c", "DE")))
			.withMessageContaining("attribute c");
	}

	private Version version() {
		return this.store.getEntry(KEY).orElseThrow().version();
	}

	/**
	 * Lets somebody else write in between, once.
	 */
	private final class Interference extends InMemoryOperationInterceptor {

		@Override
		public void processModifyRequest(InMemoryInterceptedModifyRequest request) {
			write(PairedModifyTests.this.before);
		}

		@Override
		public void processModifyResult(InMemoryInterceptedModifyResult result) {
			write(PairedModifyTests.this.after);
		}

		private void write(AtomicReference<Map<String, Object>> what) {
			Map<String, Object> value = what.getAndSet(null);
			if (value != null) {
				PairedModifyTests.this.other.put(KEY, value);
			}
		}

	}

}
