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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapValue;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Writes that concern more than one entry of the tree.
 */
public interface TreeLaws extends Laws {

	@Test
	default void moveRenamesAnEntryWithItsTree() {
		putUnit("ou=a");
		putUnit("ou=b");
		putUnit("ou=a/ou=sub");
		putPerson("ou=a/ou=sub/uid=jdoe");
		String uuid = entryUuid("ou=a/ou=sub");
		store().move(at("ou=a/ou=sub"), at("ou=b/ou=moved"));
		assertThat(store().contains(at("ou=a/ou=sub"))).isFalse();
		assertThat(store().contains(at("ou=b/ou=moved/uid=jdoe"))).isTrue();
		assertThat(store().getRequired(at("ou=b/ou=moved")).texts("ou")).containsExactly("moved");
		assertThat(entryUuid("ou=b/ou=moved")).isEqualTo(uuid);
		assertThat(directory().requestsDuring(() -> store().move(at("ou=b/ou=moved"), at("ou=a/ou=moved"))))
			.containsExactly("MODDN");
	}

	@Test
	default void moveSaysWhatIsInTheWay() {
		putUnit("ou=a");
		putUnit("ou=b");
		assertThatExceptionOfType(DataRetrievalFailureException.class)
			.isThrownBy(() -> store().move(at("ou=nothing"), at("ou=c")))
			.withMessageContaining("no such entry");
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> store().move(at("ou=a"), at("ou=b")))
			.withMessageContaining("to '" + at("ou=b") + "'");
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().move(at("ou=a"), at("ou=missing/ou=a")))
			.withMessageContaining("ou=missing")
			.withMessageContaining("is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> store().move(at("ou=a"), at("ou=a/ou=b")));
		assertThatIllegalArgumentException().isThrownBy(() -> store().move("/", at("ou=c")));
		assertThat(store().contains(at("ou=a"))).isTrue();
	}

	@Test
	default void deleteTreeCounts() {
		putUnit("ou=a");
		for (int i = 0; i < 5; i++) {
			putUnit("ou=a/ou=" + i);
			putUnit("ou=a/ou=" + i + "/ou=leaf");
		}
		putUnit("ou=ab");
		assertThat(store().deleteTree(at("ou=a"))).isEqualTo(11);
		assertThat(store().contains(at("ou=a"))).isFalse();
		assertThat(store().contains(at("ou=ab"))).isTrue();
		assertThat(store().deleteTree(at("ou=a"))).isZero();
		assertThat(store().deleteTree(at("ou=ab"))).isEqualTo(1);
	}

	@Test
	default void deleteTreeDeletesMoreThanAPage() {
		putUnit("ou=a");
		putUnit("ou=a/ou=sub");
		store().putAll(IntStream.range(0, 1_001)
			.boxed()
			.collect(Collectors.toMap((i) -> at("ou=a/ou=sub/ou=" + i),
					(i) -> LdapValue.of(Map.of("objectClass", "organizationalUnit")))));
		assertThat(store().deleteTree(at("ou=a"))).isEqualTo(1_003);
		assertThat(store().contains(at("ou=a"))).isFalse();
	}

	@Test
	default void theCallersWhoDeleteATreeCountEachEntryOnce() throws Exception {
		for (int round = 0; round < 5; round++) {
			LdapKey key = putUnit("ou=" + round);
			putUnit("ou=" + round + "/ou=a");
			putUnit("ou=" + round + "/ou=b");
			List<Long> counted = atOnce(4, () -> store().deleteTree(key));
			assertThat(counted.stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
			assertThat(store().contains(key)).isFalse();
		}
	}

	@Test
	default void deleteTreeRefusesTheBase() {
		assertThatIllegalArgumentException().isThrownBy(() -> store().deleteTree("/"));
		assertThat(store().contains(area())).isTrue();
	}

	@Test
	default void createParentsCreatesWhatIsMissing() {
		LdapKey key = at("ou=a/l=b/o=c/uid=jdoe");
		assertThat(store().createParents(key)).isEqualTo(3);
		store().put(key, person());
		assertThat(store().getRequired(at("ou=a/l=b")).texts("objectClass")).contains("locality");
		assertThat(store().createParents(key)).isZero();
		assertThat(store().createParents(at("ou=a/ou=x/uid=y"))).isEqualTo(1);
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> store().createParents(at("ou=a/employeeNumber=7/uid=y")))
			.withMessageContaining("ldapkv.object-classes.employeeNumber");
	}

	@Test
	default void aMovedEntryCanBeWritten() {
		putPerson("uid=a");
		store().move(at("uid=a"), at("uid=b"));
		store().put(at("uid=b"), Map.of("title", "x"));
		assertThat(store().getRequired(at("uid=b")).texts(id())).containsExactly("b");
	}

}
