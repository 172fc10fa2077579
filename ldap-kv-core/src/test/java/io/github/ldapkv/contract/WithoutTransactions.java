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

package io.github.ldapkv.contract;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.LdapPatch;
import io.github.ldapkv.LdapTransaction;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.Version;
import org.junit.jupiter.api.Test;

import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is left of the laws of transactions on a server that has none, or has some that
 * are not atomic: they are refused before the first write is sent.
 */
public interface WithoutTransactions extends ContendedTransactionLaws, PlannedTransactionLaws, BulkLaws, LdifLaws {

	@Test
	@Override
	default void aTransactionInWhichNothingDiffersIsDone() {
		LdapKey key = putPerson("uid=existing");
		assertNothingIsDone((tx) -> tx.replace(key, store().getRequired(key)));
	}

	@Test
	@Override
	default void aPatchInATransactionRemovesTheOneValue() {
		assertPatchIsRefused(Map.of("employeeNumber", 1), (p) -> p.remove("employeeNumber", "1"));
	}

	@Test
	@Override
	default void aPatchInATransactionRemovesOneOfSeveralValues() {
		assertPatchIsRefused(Map.of(several(), List.of("a", "b")), (p) -> p.remove(several(), "a"));
	}

	@Test
	@Override
	default void aPatchInATransactionRemovesWhatHasNoEqualityRule() {
		byte[] photo = photo((byte) 1);
		assertPatchIsRefused(Map.of("jpegPhoto", photo), (p) -> p.remove("jpegPhoto", (Object) photo));
	}

	@Test
	@Override
	default void aPatchInATransactionTakesTheOldPasswordForTheNewOne() {
		assertPatchIsRefused(Map.of(), (p) -> p.remove("userPassword", "old").add("userPassword", "new"));
	}

	private void assertPatchIsRefused(Map<String, ?> more, Consumer<LdapPatch> patch) {
		LdapKey key = at("uid=existing");
		store().put(key, personWith(more));
		LdapValue before = store().getRequired(key);
		assertNothingIsDone((tx) -> tx.patch(key, patch));
		assertThat(store().getRequired(key)).isEqualTo(before);
	}

	@Test
	@Override
	default void allWritesAreDone() {
		assertNothingIsDone((tx) -> {
			tx.put(at("uid=new"), person());
			tx.put(at("uid=newer"), person());
		});
	}

	@Test
	@Override
	default void noneIsDoneIfOneFails() {
		assertNothingIsDone((tx) -> {
			tx.put(at("uid=new"), person());
			tx.put(at("ou=missing/uid=new"), person());
		});
	}

	@Test
	@Override
	default void theWriteAtFaultIsNamed() {
		assertNothingIsDone((tx) -> {
			tx.put(at("uid=new"), person());
			tx.patch(at("uid=nobody"), (p) -> p.set("title", "x"));
		});
	}

	@Test
	@Override
	default void replaceIsTheLastWord() {
		LdapKey existing = putPerson("uid=existing");
		assertNothingIsDone((tx) -> {
			tx.put(existing, Map.of("title", "x"));
			tx.replace(existing, person());
			tx.put(at("uid=new"), person());
		});
		assertThat(store().getRequired(existing).has("title")).isFalse();
	}

	@Test
	@Override
	default void aTransactionDependsOnVersions() {
		LdapKey one = putPerson("uid=one");
		LdapKey two = putPerson("uid=two");
		assertNothingIsDone((tx) -> {
			tx.ifUnchanged(two, store().getEntry(two).orElseThrow().version());
			tx.put(one, Map.of("title", "1"));
			tx.put(two, Map.of("title", "1"));
		});
		assertThat(store().getRequired(one).has("title")).isFalse();
	}

	@Test
	@Override
	default void aTransactionDependsOnNoOtherAttribute() {
		LdapKey key = putPerson("uid=existing");
		assertNothingIsDone((tx) -> {
			tx.ifUnchanged(key, Version.of("objectClass=top"));
			tx.put(key, Map.of("title", "1"));
			tx.put(at("uid=new"), person());
		});
	}

	@Test
	@Override
	default void oneOfTwoVersionsIsOutOfDate() {
		LdapKey key = putPerson("uid=existing");
		assertNothingIsDone((tx) -> {
			Version version = store().getEntry(key).orElseThrow().version();
			tx.ifUnchanged(key, version);
			tx.put(key, Map.of("title", "1"));
			tx.ifUnchanged(key, version);
			tx.put(at("uid=new"), person());
		});
	}

	@Test
	@Override
	default void aGroupOfWritesThatIsOutOfDateLeavesTheOthers() {
		assertRefused(() -> transactionTemplate().executeWithoutResult((status) -> {
			store().put(at("uid=new"), person());
			store().atomically((tx) -> tx.put(at("uid=newer"), person()));
		}));
		assertThat(store().contains(at("uid=new"))).isFalse();
	}

	@Test
	@Override
	default void anEntryThatIsGoneHasNoVersion() {
		LdapKey key = putPerson("uid=existing");
		Version version = store().getEntry(key).orElseThrow().version();
		store().delete(key);
		assertNothingIsDone((tx) -> {
			tx.ifUnchanged(key, version);
			tx.delete(key);
			tx.put(at("uid=new"), person());
		});
	}

	@Test
	@Override
	default void ofTwoCallersWhoCreateAnEntryOneDoes() {
		assertRefused(() -> transactionTemplate().executeWithoutResult((status) -> {
			assertThat(store().putIfAbsent(at("uid=new"), person())).isTrue();
			store().replace(at("uid=new"), personWith(Map.of("title", "mine")));
		}));
		assertThat(store().contains(at("uid=new"))).isFalse();
	}

	@Test
	@Override
	default void springTransactionsCoverTheStore() {
		TransactionTemplate transaction = transactionTemplate();
		assertRefused(() -> transaction.executeWithoutResult((status) -> {
			store().put(at("uid=new"), person());
			store().put(at("uid=newer"), person());
		}));
		assertThat(store().contains(at("uid=new"))).isFalse();
	}

	@Test
	@Override
	default void aSpringTransactionRollsBack() {
		TransactionTemplate transaction = transactionTemplate();
		transaction.executeWithoutResult((status) -> {
			store().put(at("uid=new"), person());
			status.setRollbackOnly();
		});
		assertThat(store().contains(at("uid=new"))).isFalse();
	}

	@Test
	@Override
	default void anInnerTransactionMayBeItsOwn() {
		assertNothingIsDone((tx) -> store().atomically((inner) -> {
			inner.put(at("uid=new"), person());
			inner.put(at("uid=newer"), person());
		}));
	}

	@Test
	@Override
	default void anEntryCanBePatchedInTheTransactionThatCreatesIt() {
		assertNothingIsDone((tx) -> {
			tx.put(at("uid=new"), person());
			tx.patch(at("uid=new"), (p) -> p.set("title", "x"));
		});
	}

	@Test
	@Override
	default void aWriteThatChangesNothingDependsOnItsVersionToo() {
		LdapKey key = putPerson("uid=existing");
		assertNothingIsDone((tx) -> {
			tx.ifUnchanged(key, store().getEntry(key).orElseThrow().version());
			tx.put(key, Map.of());
			tx.put(at("uid=new"), person());
		});
	}

	@Test
	@Override
	default void aGroupOfWritesInsideATransactionIsAllOrNothingToo() {
		assertRefused(() -> transactionTemplate().executeWithoutResult((status) -> store().atomically((tx) -> {
			tx.put(at("uid=new"), person());
			tx.put(at("uid=newer"), person());
		})));
		assertThat(store().contains(at("uid=new"))).isFalse();
	}

	@Test
	@Override
	default void inASpringTransactionTheWritesBelongToIt() {
		assertRefused(() -> transactionTemplate().executeWithoutResult((status) -> store()
			.putAll(Map.of(at("uid=new"), LdapValue.of(person()), at("uid=newer"), LdapValue.of(person())))));
		assertThat(store().contains(at("uid=new"))).isFalse();
	}

	@Test
	@Override
	default void aTransactionLoadsAllOrNothing() {
		String ldif = "dn: " + dn("ou=new") + "\nobjectClass: organizationalUnit\nou: new\n";
		assertRefused(() -> transactionTemplate().executeWithoutResult((status) -> {
			try {
				LdapLdif.on(store()).load(new StringReader(ldif));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}));
		assertThat(store().contains(at("ou=new"))).isFalse();
	}

	@Test
	@Override
	default void aPutInATransactionTakesNoObjectClassAway() {
		assertNothingIsDone((tx) -> tx.put(at("uid=new"), person()));
	}

	private void assertNothingIsDone(Consumer<LdapTransaction> writes) {
		List<String> requests = directory().requestsDuring(() -> assertRefused(() -> store().atomically(writes)));
		assertThat(requests).allMatch((request) -> request.startsWith("SEARCH"));
		assertThat(store().contains(at("uid=new"))).isFalse();
	}

	private void assertRefused(Runnable writes) {
		assertThatExceptionOfType(InvalidDataAccessResourceUsageException.class).isThrownBy(writes::run)
			.withMessageContaining("transactions (RFC 5805)");
	}

}
