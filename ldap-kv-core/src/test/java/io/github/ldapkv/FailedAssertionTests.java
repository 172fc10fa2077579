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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import javax.naming.NamingException;

import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A server that says that an assertion has failed (122), and not because somebody else
 * was faster.
 */
class FailedAssertionTests extends StoreTest {

	private static final LdapKeyValueTemplate OTHERS = EmbeddedDirectory.shared().store();

	private final LdapConnectionPool pool = EmbeddedDirectory.shared().pool().build();

	private final MeddlingContextSource source = new MeddlingContextSource(this.pool);

	private final LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.source);

	private final AtomicInteger refusals = new AtomicInteger();

	@Override
	public TestDirectory directory() {
		return EmbeddedDirectory.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return OTHERS;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void ifTheVersionIsAsItWasNobodyWasFaster() {
		writes().forEach((verb, write) -> {
			LdapKey key = putPerson("uid=" + verb);
			refuse(Integer.MAX_VALUE, () -> {
			});
			assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class).as(verb)
				.isThrownBy(() -> write.accept(key))
				.withMessageContaining(verb)
				.withMessageContaining("assertionFailed (122)")
				.withMessageContaining("words of the server")
				.withMessageContaining("nobody else has changed it")
				.withMessageContaining("ldapkv.server.features.assertion=false");
			assertThat(this.refusals).as(verb).hasValue(1);
		});
	}

	@Test
	void ifTheVersionIsAnotherSomebodyWasFaster() {
		writes().forEach((verb, write) -> {
			LdapKey key = putPerson("uid=" + verb);
			AtomicInteger number = new AtomicInteger();
			refuse(3, () -> {
				tick();
				OTHERS.put(key, Map.of("description", number.incrementAndGet()));
			});
			if (verb.startsWith("if") || verb.startsWith("tx")) {
				assertThatExceptionOfType(OptimisticLockingFailureException.class).as(verb)
					.isThrownBy(() -> write.accept(key));
				assertThat(this.refusals).as(verb).hasValue(1);
			}
			else {
				write.accept(key);
				assertThat(this.refusals).as(verb).hasValue(3);
			}
		});
	}

	private Map<String, Consumer<LdapKey>> writes() {
		Map<String, Consumer<LdapKey>> writes = new LinkedHashMap<>();
		writes.put("replace", (key) -> this.store.replace(key, personWith(Map.of("title", "x"))));
		writes.put("patch", (key) -> this.store.patch(key, (p) -> p.add("jpegPhoto", photo((byte) 1))));
		writes.put("increment", (key) -> this.store.increment(key, "carLicense", 1));
		writes.put("ifPut", (key) -> this.store.ifUnchanged(version(key)).put(key, Map.of("title", "x")));
		writes.put("ifReplace",
				(key) -> this.store.ifUnchanged(version(key)).replace(key, personWith(Map.of("title", "x"))));
		writes.put("ifPatch", (key) -> this.store.ifUnchanged(version(key)).patch(key, (p) -> p.add("title", "x")));
		writes.put("ifDelete", (key) -> this.store.ifUnchanged(version(key)).delete(key));
		writes.put("txReplace",
				(key) -> this.store.atomically((tx) -> tx.replace(key, personWith(Map.of("title", "x")))));
		writes.put("txDelete", (key) -> this.store.atomically((tx) -> {
			tx.ifUnchanged(key, version(key));
			tx.delete(key);
		}));
		return writes;
	}

	private Version version(LdapKey key) {
		return OTHERS.getEntry(key).orElseThrow().version();
	}

	/**
	 * Refuses some writes of a person after somebody else has done something.
	 */
	private void refuse(int times, Runnable theirs) {
		this.refusals.set(0);
		AtomicInteger left = new AtomicInteger(times);
		this.source.meddle((request) -> {
			boolean write = request.equals("modifyAttributes") || request.equals("destroySubcontext");
			if (write && left.getAndDecrement() > 0) {
				this.refusals.incrementAndGet();
				theirs.run();
				throw new NamingException("[LDAP: error code 122 - words of the server]");
			}
		});
	}

}
