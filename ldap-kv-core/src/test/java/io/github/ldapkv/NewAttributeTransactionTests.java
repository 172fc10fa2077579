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

import java.util.Map;

import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.NonTransientDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What OpenLDAP makes of an attribute that a transaction was the first to write, if that
 * transaction fails: it keeps the number that it has given to the attribute, and not what
 * the number stands for. Each test spoils a server of its own.
 */
class NewAttributeTransactionTests {

	private static final LdapKey PERSON = LdapKey.of("/uid=jdoe");

	private static final LdapKey OTHER = LdapKey.of("/uid=other");

	private static final String ATTRIBUTE = "carLicense";

	private final OpenLdapContainer server = new OpenLdapContainer();

	private LdapKeyValueTemplate store;

	@BeforeEach
	void start() {
		this.server.start();
		this.store = connect();
		this.store.put(PERSON, Map.of("objectClass", "inetOrgPerson", "cn", "John", "sn", "Doe"));
		this.store.put(OTHER, Map.of("objectClass", "inetOrgPerson", "cn", "Other", "sn", "Other"));
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.server.stop();
	}

	@Test
	void whatIsWrittenNextCannotBeReadNorChanged() {
		failTheFirstUse();
		assertThat(this.store.getRequired(PERSON).has(ATTRIBUTE)).isFalse();
		this.store.put(PERSON, Map.of(ATTRIBUTE, "x"));
		isRefused(() -> this.store.get(PERSON));
		isRefused(() -> this.store.put(PERSON, Map.of("sn", "Roe")));
		isRefused(() -> this.store.delete(PERSON));
		isRefused(() -> this.store.query("/uid=*"));
		assertThat(this.store.query("/uid=other")).hasSize(1);
	}

	@Test
	void whatIsWrittenNextIsReadAsTheAttributeThatGetsItsNumber() {
		failTheFirstUse();
		this.store.put(OTHER, Map.of("title", "Boss"));
		this.store.put(PERSON, Map.of(ATTRIBUTE, "x"));
		LdapValue value = this.store.getRequired(PERSON);
		assertThat(value.has(ATTRIBUTE)).isFalse();
		assertThat(value.texts("title")).containsExactly("x");
	}

	@Test
	void aRestartBeforeThatHeals() {
		failTheFirstUse();
		this.store.close();
		this.server.restart();
		this.store = connect();
		this.store.put(PERSON, Map.of(ATTRIBUTE, "x"));
		assertThat(this.store.getRequired(PERSON).texts(ATTRIBUTE)).containsExactly("x");
	}

	@Test
	void anAttributeThatWasWrittenBeforeComesToNoHarm() {
		this.store.put(OTHER, Map.of(ATTRIBUTE, "x"));
		this.store.delete(OTHER);
		failTheFirstUse();
		this.store.put(PERSON, Map.of(ATTRIBUTE, "y"));
		assertThat(this.store.getRequired(PERSON).texts(ATTRIBUTE)).containsExactly("y");
	}

	private void failTheFirstUse() {
		assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> this.store.atomically((tx) -> {
			tx.put(PERSON, Map.of(ATTRIBUTE, "never"));
			tx.patch("/uid=nobody", (p) -> p.set("sn", "x"));
		})).withMessageContaining("(32)");
	}

	private static void isRefused(Runnable call) {
		assertThatExceptionOfType(NonTransientDataAccessException.class).isThrownBy(call::run)
			.withMessageContaining("(80)")
			.withMessageContaining("internal error");
	}

	private LdapKeyValueTemplate connect() {
		return new LdapKeyValueTemplate(this.server.pool().base(TestDirectory.SUFFIX).build());
	}

}
