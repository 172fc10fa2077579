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

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTransactionManager;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.Version;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Several writes that are done together, or not at all.
 */
public interface TransactionLaws extends Laws {

	@Test
	default void aPutInATransactionTakesNoObjectClassAway() {
		LdapKey key = putPerson("uid=jdoe");
		store().put(key, Map.of("objectClass", auxiliary()));
		store().atomically((tx) -> {
			tx.put(key, personWith(Map.of("title", "x")));
			tx.put(at("uid=new"), Map.of("2.5.4.0", List.of("inetOrgPerson", auxiliary()), "cn", "x", "sn", "x"));
			tx.put(at("uid=new"), person());
		});
		assertThat(store().getRequired(key).texts("objectClass")).contains(auxiliary());
		assertThat(store().getRequired(at("uid=new")).texts("objectClass")).contains(auxiliary());
		assertThat(store().getRequired(key).texts("title")).containsExactly("x");
	}

	@Test
	default void allWritesAreDone() {
		LdapKey old = putPerson("uid=old");
		LdapKey existing = putPerson("uid=existing");
		store().atomically((tx) -> {
			tx.put(at("ou=new"), Map.of("objectClass", "organizationalUnit"));
			tx.put(at("ou=new/uid=a"), person());
			tx.put(existing, Map.of("title", "x"));
			tx.patch(existing, (p) -> p.add(several(), "a@test.org"));
			tx.delete(old);
			assertThat(store().contains(at("ou=new"))).isFalse();
			assertThat(store().contains(old)).isTrue();
		});
		assertThat(store().contains(at("ou=new/uid=a"))).isTrue();
		assertThat(store().contains(old)).isFalse();
		assertThat(store().getRequired(existing).text("title")).contains("x");
		assertThat(store().getRequired(existing).texts(several())).containsExactly("a@test.org");
	}

	@Test
	default void noneIsDoneIfOneFails() {
		LdapKey existing = putPerson("uid=existing");
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> store().atomically((tx) -> {
			tx.put(existing, Map.of("title", "x"));
			tx.put(at("uid=new"), person());
			tx.put(at("ou=missing/uid=new"), person());
			tx.put(at("uid=newer"), person());
		}))
			.withMessageContaining(named("ou=missing/uid=new"))
			.withMessageContaining("is missing")
			.withMessageContaining("write 3 of the 4 of a transaction, of which nothing was done");
		assertThat(store().getRequired(existing).has("title")).isFalse();
		assertThat(store().contains(at("uid=new"))).isFalse();
	}

	@Test
	default void theWriteAtFaultIsNamed() {
		LdapKey existing = putPerson("uid=existing");
		putUnit("ou=full");
		putUnit("ou=full/ou=child");
		assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> store().atomically((tx) -> {
			tx.put(existing, Map.of("title", "x"));
			tx.patch(at("uid=nobody"), (p) -> p.set("title", "x"));
		})).withMessageContaining(named("uid=nobody")).withMessageContaining("write 2");
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> store().atomically((tx) -> {
			tx.put(at("uid=new"), person());
			tx.delete(at("ou=full"));
			tx.put(existing, Map.of("title", "x"));
		})).withMessageContaining("ou=full").withMessageContaining("children").withMessageContaining("write 2");
		assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> store().atomically((tx) -> {
			tx.put(at("uid=new"), person());
			tx.put(existing, Map.of("noSuchAttribute", "x"));
		}))
			.withMessageContaining("uid=existing")
			.withMessageContaining("does not know the attribute 'noSuchAttribute'")
			.withMessageContaining("write 2");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store()
				.atomically((tx) -> tx.put(at("uid=new"), Map.of("objectClass", "inetOrgPerson", "cn", "J"))))
			.withMessageContaining("requires the attribute 'sn'");
		assertThat(store().contains(at("uid=new"))).isFalse();
		assertThat(store().getRequired(existing).has("title")).isFalse();
	}

	@Test
	default void nothingIsSentIfTheFunctionThrows() {
		assertThat(directory()
			.requestsDuring(() -> assertThatIllegalStateException().isThrownBy(() -> store().atomically((tx) -> {
				tx.put(at("uid=new"), person());
				throw new IllegalStateException("stop");
			})))).isEmpty();
		assertThat(directory().requestsDuring(() -> store().atomically((tx) -> {
		}))).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> store().atomically((tx) -> tx.put("/dc", person())));
	}

	@Test
	default void replaceIsTheLastWord() {
		LdapKey existing = putPerson("uid=existing");
		store().put(existing, Map.of("mail", "a@test.org"));
		store().atomically((tx) -> {
			tx.put(existing, Map.of("title", "x", "mail", "b@test.org"));
			tx.replace(existing, Map.of("cn", "J", "sn", "D"));
			tx.put(at("uid=new"), person());
			tx.replace(at("uid=new"), Map.of("objectClass", "inetOrgPerson", "cn", "N", "sn", "N"));
		});
		assertThat(store().getRequired(existing).names()).containsExactlyInAnyOrder("objectClass", "uid", "cn", "sn");
		assertThat(store().getRequired(at("uid=new")).text("cn")).contains("N");
	}

	@Test
	default void aTransactionDependsOnVersions() {
		LdapKey one = putPerson("uid=one");
		LdapKey two = putPerson("uid=two");
		Version version = store().getEntry(two).orElseThrow().version();
		store().atomically((tx) -> {
			tx.ifUnchanged(two, version);
			tx.put(one, Map.of("title", "1"));
			tx.put(two, Map.of("title", "1"));
		});
		assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(() -> store().atomically((tx) -> {
			tx.put(one, Map.of("title", "2"));
			tx.ifUnchanged(two, version);
			tx.put(two, Map.of("title", "2"));
		})).withMessageContaining(named("uid=two"));
		assertThat(store().getRequired(one).text("title")).contains("1");
		assertThatIllegalArgumentException().isThrownBy(() -> store().atomically((tx) -> {
			tx.ifUnchanged(two, version);
			tx.put(one, Map.of("title", "3"));
		})).withMessageContaining("does not write");
	}

	@Test
	default void aWriteThatChangesNothingDependsOnItsVersionToo() {
		LdapKey one = putPerson("uid=one");
		LdapKey two = putPerson("uid=two");
		Version version = store().getEntry(two).orElseThrow().version();
		LdapValue value = store().getRequired(two);
		store().atomically((tx) -> {
			tx.ifUnchanged(two, version);
			tx.replace(two, value);
			tx.put(one, Map.of("title", "1"));
		});
		store().put(two, Map.of("title", "x"));
		LdapValue changed = store().getRequired(two);
		assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(() -> store().atomically((tx) -> {
			tx.put(one, Map.of("title", "2"));
			tx.ifUnchanged(two, version);
			tx.replace(two, changed);
		}));
		assertThat(store().getRequired(one).text("title")).contains("1");
	}

	@Test
	default void springTransactionsCoverTheStore() {
		TransactionTemplate transaction = transactionTemplate();
		LdapKey existing = putPerson("uid=existing");
		transaction.executeWithoutResult((status) -> {
			store().put(at("uid=new"), person());
			assertThat(store().putIfAbsent(at("uid=newer"), person())).isTrue();
			assertThat(store().putIfAbsent(at("uid=newer"), person())).isFalse();
			assertThat(store().delete(existing)).isTrue();
			assertThat(store().delete(existing)).isFalse();
			assertThat(store().contains(at("uid=new"))).isFalse();
			store().atomically((tx) -> tx.put(at("uid=newest"), person()));
		});
		assertThat(store().keys(KeyQuery.of(area() + "/*"))).extracting(Object::toString).hasSize(3);
		assertThat(store().contains(existing)).isFalse();
	}

	@Test
	default void aGroupOfWritesInsideATransactionIsAllOrNothingToo() {
		transactionTemplate().executeWithoutResult((status) -> {
			store().put(at("uid=one"), person());
			assertThatIllegalStateException().isThrownBy(() -> store().atomically((tx) -> {
				tx.put(at("uid=two"), person());
				throw new IllegalStateException("stop");
			}));
			store().atomically(
					(tx) -> tx.replace(at("uid=one"), Map.of("objectClass", "inetOrgPerson", "cn", "R", "sn", "Doe")));
		});
		assertThat(store().contains(at("uid=two"))).isFalse();
		assertThat(store().getRequired(at("uid=one")).texts("cn")).containsExactly("R");
	}

	@Test
	default void anEntryCanBePatchedInTheTransactionThatCreatesIt() {
		store().atomically((tx) -> {
			tx.put(at("uid=new"), person());
			tx.patch(at("uid=new"), (p) -> p.add("mail", "a@test.org", "b@test.org").remove("mail", "b@test.org"));
		});
		assertThat(store().getRequired(at("uid=new")).texts("mail")).containsExactly("a@test.org");
		store().atomically((tx) -> {
			tx.put(at("uid=newer"), person());
			tx.patch(at("uid=newer"), (p) -> p.add("jpegPhoto", photo((byte) 1)));
			tx.patch(at("uid=newer"),
					(p) -> p.remove("jpegPhoto", (Object) photo((byte) 1)).add("jpegPhoto", photo((byte) 2)));
		});
		assertThat(store().getRequired(at("uid=newer")).bytes("jpegPhoto")).hasValue(photo((byte) 2));
	}

	@Test
	default void aSpringTransactionRollsBack() {
		TransactionTemplate transaction = transactionTemplate();
		assertThatIllegalStateException().isThrownBy(() -> transaction.executeWithoutResult((status) -> {
			store().put(at("uid=new"), person());
			throw new IllegalStateException("stop");
		}));
		transaction.executeWithoutResult((status) -> {
			store().put(at("uid=new"), person());
			status.setRollbackOnly();
		});
		assertThat(store().contains(at("uid=new"))).isFalse();
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> transaction.executeWithoutResult((status) -> {
				store().put(at("uid=new"), person());
				store().put(at("ou=missing/uid=new"), person());
			}))
			.withMessageContaining("ou=missing");
		assertThat(store().contains(at("uid=new"))).isFalse();
		store().put(at("uid=new"), person());
		assertThat(store().contains(at("uid=new"))).isTrue();
	}

	@Test
	default void anInnerTransactionMayBeItsOwn() {
		TransactionTemplate outer = transactionTemplate();
		TransactionTemplate inner = new TransactionTemplate(Objects.requireNonNull(outer.getTransactionManager()),
				new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
		outer.executeWithoutResult((status) -> {
			store().put(at("uid=outer"), person());
			inner.executeWithoutResult((own) -> store().put(at("uid=inner"), person()));
			assertThat(store().contains(at("uid=inner"))).isTrue();
			status.setRollbackOnly();
		});
		assertThat(store().contains(at("uid=outer"))).isFalse();
		assertThat(store().contains(at("uid=inner"))).isTrue();
	}

	@Test
	default void whatATransactionCannotHoldIsRefused() {
		LdapKey key = putPerson("uid=jdoe");
		Version version = store().getEntry(key).orElseThrow().version();
		for (Runnable write : List.<Runnable>of(() -> store().increment(key, "employeeNumber", 1),
				() -> store().move(key, at("uid=other")), () -> store().deleteTree(key),
				() -> store().createParents(at("ou=x/uid=y")),
				() -> store().ifUnchanged(version).put(key, Map.of("title", "x")))) {
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
				.isThrownBy(() -> transactionTemplate().executeWithoutResult((status) -> write.run()))
				.withMessageContaining("outside");
		}
	}

	@Test
	default void aReadOnlyTransactionTakesNoWrite() {
		LdapKey key = putPerson("uid=jdoe");
		LdapKey other = at("uid=other");
		TransactionTemplate transaction = transactionTemplate();
		transaction.setReadOnly(true);
		transaction.executeWithoutResult((status) -> assertThat(store().contains(key)).isTrue());
		for (Runnable write : List.<Runnable>of(() -> store().put(key, Map.of("title", "x")),
				() -> store().replace(key, person()), () -> store().putIfAbsent(other, person()),
				() -> store().patch(key, (p) -> p.set("title", "x")), () -> store().delete(key),
				() -> store().atomically((tx) -> tx.put(other, person())))) {
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
				.isThrownBy(() -> transaction.executeWithoutResult((status) -> write.run()))
				.withMessageContaining("read-only");
		}
		assertThat(store().getRequired(key).has("title")).isFalse();
		assertThat(store().contains(other)).isFalse();
	}

	/**
	 * Runs code in Spring's transactions of the store.
	 * @return a new template
	 */
	default TransactionTemplate transactionTemplate() {
		return new TransactionTemplate(new LdapKeyValueTransactionManager((LdapKeyValueTemplate) store()));
	}

}
