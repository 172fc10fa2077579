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
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
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

	/**
	 * What the read after the next Modify is answered with.
	 */
	private final AtomicReference<ResultCode> readFails = new AtomicReference<>();

	/**
	 * What the next Modify is answered with when it is done.
	 */
	private final AtomicReference<ResultCode> gateway = new AtomicReference<>();

	private volatile boolean modified;

	private InMemoryDirectoryServer server;

	private LdapConnectionPool pool;

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
		this.pool = pool();
		this.store = store(this.pool);
		this.other = store(pool());
		this.store.put(KEY, Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "employeeNumber", 1));
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.other.close();
		this.server.shutDown(true);
	}

	private LdapConnectionPool pool() {
		return LdapConnectionPool.builder(List.of("ldap://localhost:" + this.server.getListenPort()))
			.user("cn=admin", "admin")
			.build();
	}

	private static LdapKeyValueTemplate store(LdapConnectionPool pool) {
		return LdapKeyValueTemplate.builder(pool)
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
	void aValueInAnotherSpellingIsThereAndNotToBeWritten() {
		this.store.put(KEY, Map.of("description", List.of("a", "b")));
		Version version = version();
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class)
			.isThrownBy(() -> this.store.ifUnchanged(version).patch(KEY, (p) -> p.remove("description", "A")))
			.withMessageContaining("'description' may have several");
		assertThat(this.store.ifUnchanged(version).patch(KEY, (p) -> p.add("description", "A"))).isEqualTo(version);
		assertThat(this.store.getRequired(KEY).texts("description")).containsExactly("a", "b");
	}

	@Test
	void anAttributeByAnotherNameIsTheSame() {
		this.store.ifUnchanged(version()).put(KEY, Map.of("2.16.840.1.113730.3.1.3", 5));
		assertThat(this.store.getRequired(KEY).texts("employeeNumber")).containsExactly("5");
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

	/**
	 * The write is done by then, and says so.
	 */
	@Test
	void aWriteThatIsAcknowledgedSucceedsThoughItsVersionCannotBeRead() {
		for (ResultCode code : List.of(ResultCode.BUSY, ResultCode.OTHER, ResultCode.TIME_LIMIT_EXCEEDED,
				ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
			Version version = version();
			this.readFails.set(code);
			Version second = this.store.ifUnchanged(version).put(KEY, Map.of("employeeNumber", code.intValue()));
			assertThat(this.readFails.get()).as("nothing was read after %s", code).isNull();
			assertThat(second).as("after %s", code).isEqualTo(version).isNotEqualTo(version());
			assertThat(this.store.getRequired(KEY).text("employeeNumber")).contains(String.valueOf(code.intValue()));
			assertThatExceptionOfType(OptimisticLockingFailureException.class)
				.isThrownBy(() -> this.store.ifUnchanged(second).put(KEY, Map.of("employeeNumber", 3)));
			assertThat(this.pool.statistics().idle()).as("connections after %s", code).isOne();
		}
	}

	@Test
	void aWriteThatIsAcknowledgedSucceedsThoughTheServerIsLostRightAfter() {
		Version version = version();
		this.readFails.set(ResultCode.UNAVAILABLE);
		assertThat(this.store.ifUnchanged(version).put(KEY, Map.of("employeeNumber", 2))).isEqualTo(version);
		assertThat(this.pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
			.containsExactly(0, 0);
		assertThat(this.store.getRequired(KEY).text("employeeNumber")).contains("2");
	}

	@Test
	void theOutcomeIsUnknownIfAGatewayLosesItsServer() {
		Version version = version();
		this.gateway.set(ResultCode.UNAVAILABLE);
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> this.store.ifUnchanged(version).put(KEY, Map.of("employeeNumber", 2)))
			.withMessageContaining(KEY)
			.withMessageContaining("unavailable (52)");
		assertThat(this.pool.statistics()).extracting(PoolStatistics::active, PoolStatistics::idle)
			.containsExactly(0, 0);
	}

	private Version version() {
		this.modified = false;
		return this.store.getEntry(KEY).orElseThrow().version();
	}

	/**
	 * Lets somebody else write in between, once.
	 */
	private final class Interference extends InMemoryOperationInterceptor {

		@Override
		public void processModifyRequest(InMemoryInterceptedModifyRequest request) {
			tick();
			write(PairedModifyTests.this.before);
		}

		@Override
		public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
			ResultCode code = PairedModifyTests.this.modified ? PairedModifyTests.this.readFails.getAndSet(null) : null;
			if (code != null) {
				throw new LDAPException(code);
			}
		}

		@Override
		public void processModifyResult(InMemoryInterceptedModifyResult result) {
			write(PairedModifyTests.this.after);
			PairedModifyTests.this.modified = true;
			ResultCode code = PairedModifyTests.this.gateway.getAndSet(null);
			if (code != null) {
				result.setResult(new LDAPResult(result.getMessageID(), code));
			}
		}

		/**
		 * The server's versions are times: two writes in one millisecond have the same.
		 */
		private void tick() {
			try {
				Thread.sleep(2);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private void write(AtomicReference<Map<String, Object>> what) {
			Map<String, Object> value = what.getAndSet(null);
			if (value != null) {
				PairedModifyTests.this.other.put(KEY, value);
			}
		}

	}

}
