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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.ldapkv.ServerCapabilities.Feature;
import io.github.ldapkv.contract.ChangeLaws;
import io.github.ldapkv.contract.ConditionalLaws;
import io.github.ldapkv.contract.StoreTest;
import io.github.ldapkv.contract.TreeLaws;
import io.github.ldapkv.server.OpenLdapContainer;
import io.github.ldapkv.server.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The laws of writes on a server that has none of the extensions of LDAP that the store
 * makes use of, apart from an attribute that is a version. What cannot be done there is
 * refused.
 */
class PlainServerTests extends StoreTest implements ChangeLaws, ConditionalLaws, TreeLaws {

	private static final LdapKeyValueTemplate STORE = LdapKeyValueTemplate
		.builder(OpenLdapContainer.shared().pool().build())
		.serverCapabilities((server) -> ServerCapabilities.unknown().withVersionAttribute("entryCSN"))
		.build();

	@Override
	public TestDirectory directory() {
		return OpenLdapContainer.shared();
	}

	@Override
	public LdapKeyValueOperations store() {
		return STORE;
	}

	@Override
	protected LdapKey suffix() {
		return LdapKey.of("/dc=org/dc=test");
	}

	/**
	 * Without the permissive modify control it has to know what is there.
	 */
	@Test
	@Override
	public void patchIsOneRoundTripAndReadsNothing() {
		LdapKey key = putPerson("uid=jdoe");
		assertThat(requests(() -> store().patch(key, (p) -> p.add("mail", "a@test.org")))).containsExactly("SEARCH",
				"MODIFY");
		assertThat(requests(() -> store().patch(key, (p) -> p.add("mail", "a@test.org")))).containsExactly("SEARCH");
	}

	/**
	 * As above.
	 */
	@Test
	@Override
	public void aLargeGroupGetsOneMoreMember() {
		LdapKey key = at("cn=group");
		store().put(key, Map.of("objectClass", "groupOfNames", "member", List.of("uid=a,dc=test", "uid=b,dc=test")));
		assertThat(requests(() -> store().patch(key, (p) -> p.add("member", "uid=c,dc=test", "uid=a,dc=test"))))
			.containsExactly("SEARCH", "MODIFY");
		assertThat(store().getRequired(key).texts("member")).containsExactlyInAnyOrder("uid=a,dc=test", "uid=b,dc=test",
				"uid=c,dc=test");
	}

	/**
	 * Without the assertion control values of others would be lost.
	 */
	@Test
	@Override
	public void patchWorksOnAttributesWithoutAnEqualityRule() {
		LdapKey key = putPerson("uid=jdoe");
		refused(() -> store().patch(key, (p) -> p.add("jpegPhoto", new byte[] { 1 })));
		store().patch(key, (p) -> p.set("jpegPhoto", new byte[] { 1 }));
		assertThat(store().getRequired(key).bytes("jpegPhoto")).isPresent();
	}

	/**
	 * There is no post-read control either: the entry is read before and after.
	 */
	@Test
	@Override
	public void aConditionalWriteIsOneRoundTrip() {
		LdapKey key = putPerson("uid=jdoe");
		Version version = version(key);
		assertThat(requests(() -> store().ifUnchanged(version).put(key, Map.of("employeeNumber", 1))))
			.containsExactly("SEARCH", "MODIFY", "SEARCH");
	}

	/**
	 * Only attributes of one value can be compared by the Modify itself.
	 */
	@Test
	@Override
	public void aConditionalWriteGivesTheNextVersion() {
		LdapKey key = putPerson("uid=jdoe");
		Version second = store().ifUnchanged(version(key)).put(key, Map.of("employeeNumber", 1));
		assertThat(second).isEqualTo(version(key));
		Version third = store().ifUnchanged(second)
			.patch(key, (p) -> p.set("employeeNumber", 2).add("displayName", "J"));
		assertThat(third).isEqualTo(version(key));
		LdapValue wanted = store().getRequired(key)
			.toBuilder()
			.set("employeeNumber", 3)
			.set("displayName")
			.set("preferredLanguage", "en")
			.build();
		Version fourth = store().ifUnchanged(third).replace(key, wanted);
		assertThat(fourth).isEqualTo(version(key));
		assertThat(store().getRequired(key).texts("employeeNumber")).containsExactly("3");
		assertThat(store().getRequired(key).has("displayName")).isFalse();
	}

	/**
	 * As above, and a deletion cannot be on condition at all.
	 */
	@Test
	@Override
	public void aConditionalWriteFailsIfTheEntryHasChanged() {
		LdapKey key = putPerson("uid=jdoe");
		Version stale = version(key);
		store().put(key, Map.of("employeeNumber", 1));
		changed(() -> store().ifUnchanged(stale).put(key, Map.of("employeeNumber", 2)));
		changed(() -> store().ifUnchanged(stale).put(key, Map.of()));
		changed(() -> store().ifUnchanged(stale).replace(key, Map.of("cn", "J", "sn", "D")));
		changed(() -> store().ifUnchanged(stale).patch(key, (p) -> p.set("employeeNumber", 2)));
		refused(() -> store().ifUnchanged(stale).delete(key));
		assertThat(store().getRequired(key).texts("employeeNumber")).containsExactly("1");
	}

	/**
	 * As above.
	 */
	@Test
	@Override
	public void aConditionalWriteFailsIfTheEntryIsGone() {
		LdapKey key = putPerson("uid=jdoe");
		Version stale = version(key);
		store().delete(key);
		changed(() -> store().ifUnchanged(stale).put(key, Map.of("employeeNumber", 2)));
		changed(() -> store().ifUnchanged(stale).replace(key, person()));
		assertThat(store().contains(key)).isFalse();
	}

	@Test
	void attributesThatMayHaveSeveralValuesAreNotWrittenOnCondition() {
		LdapKey key = putPerson("uid=jdoe");
		Version version = version(key);
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class)
			.isThrownBy(() -> store().ifUnchanged(version).put(key, Map.of("title", "x")))
			.withMessageContaining("RFC 4528")
			.withMessageContaining("'title' may have several");
		assertThat(store().getRequired(key).has("title")).isFalse();
	}

	@Test
	void oneOfManyWritersOfAVersionWins() throws InterruptedException {
		LdapKey key = putPerson("uid=jdoe");
		for (int round = 0; round < 20; round++) {
			Version version = version(key);
			Queue<Integer> winners = new ConcurrentLinkedQueue<>();
			Queue<Throwable> losers = new ConcurrentLinkedQueue<>();
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				int number = round * 8 + i;
				Thread thread = new Thread(() -> {
					try {
						store().ifUnchanged(version).put(key, Map.of("employeeNumber", number));
						winners.add(number);
					}
					catch (OptimisticLockingFailureException ex) {
						losers.add(ex);
					}
				});
				thread.start();
				threads.add(thread);
			}
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(winners).hasSize(1);
			assertThat(losers).hasSize(7);
			assertThat(store().getRequired(key).texts("employeeNumber"))
				.containsExactly(String.valueOf(winners.peek()));
		}
	}

	@Test
	void numbersOfAttributesThatMayHaveSeveralValuesNeedAFirstOne() {
		LdapKey key = putPerson("uid=jdoe");
		refused(() -> store().increment(key, "description", 1));
		store().put(key, Map.of("description", 1));
		assertThat(store().increment(key, "description", 1)).isEqualTo(2);
	}

	@Test
	void transactionsAreRefused() {
		LdapKey key = putPerson("uid=jdoe");
		refused(() -> store().atomically((tx) -> tx.put(key, Map.of("title", "x"))));
		assertThat(store().getRequired(key).has("title")).isFalse();
	}

	@Test
	void withoutAVersionAttributeEntriesHaveNone() {
		LdapKeyValueTemplate store = LdapKeyValueTemplate.builder(OpenLdapContainer.shared().pool().build())
			.serverCapabilities((server) -> server.withVersionAttribute(null).without(Feature.ASSERTION))
			.build();
		LdapKey key = putPerson("uid=jdoe");
		LdapEntry entry = store.getEntry(key).orElseThrow();
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class).isThrownBy(entry::version);
		store.close();
	}

	private static List<String> requests(Runnable code) {
		return OpenLdapContainer.shared()
			.requestsDuring(code)
			.stream()
			.map((request) -> request.split(" ")[0])
			.toList();
	}

	private static void refused(Runnable write) {
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class).isThrownBy(write::run)
			.withMessageContaining("unknown server");
	}

	private static void changed(Runnable write) {
		assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(write::run)
			.withMessageContaining("Read it again");
	}

	private static Version version(LdapKey key) {
		return STORE.getEntry(key).orElseThrow().version();
	}

}
