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

package io.github.ldapkv.pool;

import java.util.List;
import java.util.Map;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Names that a directory takes for equal though the keys are not, and writes that servers
 * find wrong for another reason than the store says. What random calls have found.
 */
class UnevenServersTests {

	private static final Map<String, ?> PERSON = Map.of("objectClass", List.of("inetOrgPerson", "extensibleObject"),
			"cn", List.of("x", "y"), "sn", "x");

	private final LdapKeyValueTemplate openLdap = new LdapKeyValueTemplate(OpenLdapContainer.shared().contextSource());

	private final LdapKeyValueTemplate embedded = new LdapKeyValueTemplate(EmbeddedDirectory.shared().contextSource());

	private static LdapKey area(LdapKeyValueTemplate store) {
		LdapKey area = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "uneven");
		store.deleteTree(area);
		store.put(area, Map.of("objectClass", "organizationalUnit"));
		return area;
	}

	@Test
	void theChildrenAreThereUnderEverySpellingThatTheDirectoryKnows() {
		LdapKey area = area(this.openLdap);
		this.openLdap.put(area.child("telephoneNumber", "1-2"), PERSON);
		LdapKey child = area.child("telephoneNumber", "1-2").child("cn", "y");
		this.openLdap.put(child, PERSON);
		assertThat(this.openLdap.children(area.child("telephoneNumber", "12"))).containsExactly(child);
		LdapKey grandchild = child.child("cn", "x");
		this.openLdap.put(grandchild, PERSON);
		assertThat(this.openLdap.children(child.parent().child("commonName", "y"))).containsExactly(grandchild);
	}

	@Test
	void aKeyMayCallAnAttributeByAnotherNameThanTheValue() {
		LdapKey key = area(this.openLdap).child("commonName", "x");
		this.openLdap.put(key, PERSON);
		assertThat(this.openLdap.getRequired(key).texts("cn")).containsExactlyInAnyOrder("x", "y");
	}

	@Test
	void aNameThatIsEqualToADirectoryCanBePutBack() {
		LdapKey area = area(this.openLdap);
		this.openLdap.put(area.child("cn", "x"), PERSON);
		this.openLdap.put(area.child("cn", "x"), Map.of("telephoneNumber", "+49 1"));
		LdapKey moved = area.child("telephoneNumber", "+49-1");
		this.openLdap.move(area.child("cn", "x"), moved);
		LdapValue value = this.openLdap.getRequired(moved);
		assertThat(value.texts("telephoneNumber")).containsExactly("+49 1");
		this.openLdap.put(moved, value);
		this.openLdap.replace(moved, value);
		assertThat(this.openLdap.getRequired(moved)).isEqualTo(value);
	}

	@Test
	void anEntryThatIsThereIsNotCreatedWhateverTheValue() {
		for (LdapKeyValueTemplate store : List.of(this.openLdap, this.embedded)) {
			LdapKey key = area(store).child("cn", "x");
			store.put(key, PERSON);
			assertThat(store.putIfAbsent(key, LdapValue.empty())).isFalse();
			assertThat(store.putIfAbsent(key, Map.of("objectClass", "inetOrgPerson"))).isFalse();
			assertThat(store.putIfAbsent(key, Map.of("objectClass", "noSuchClass"))).isFalse();
		}
	}

	@Test
	void otherValuesThanTheNameHasAreNotDroppedInSilence() {
		for (LdapKeyValueTemplate store : List.of(this.openLdap, this.embedded)) {
			LdapKey key = area(store).child("employeeNumber", "1");
			store.put(key, PERSON);
			store.put(key, Map.of("employeeNumber", 1));
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> store.put(key, Map.of("employeeNumber", List.of(1, 2))));
			assertThatIllegalArgumentException().isThrownBy(() -> store.put(key, Map.of("employeeNumber", -1)))
				.withMessageContaining("contradicts");
		}
	}

	@Test
	void anEntryIsNotMovedToWhereItsParentIs() {
		for (LdapKeyValueTemplate store : List.of(this.openLdap, this.embedded)) {
			LdapKey parent = area(store).child("cn", "x");
			store.put(parent, PERSON);
			LdapKey child = parent.child("cn", "y");
			assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> store.move(child, parent));
			store.put(child, PERSON);
			assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> store.move(child, parent))
				.withMessageContaining(parent.toString());
			assertThat(store.contains(child)).isTrue();
		}
	}

	@Test
	void noChildrenOfAnEntryThatIsMissingAreCountedEither() {
		KeyQuery query = KeyQuery.childrenOf(area(this.embedded).child("ou", "none")).limit(0);
		assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> this.embedded.keys(query));
		assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> this.embedded.count(query));
	}

}
