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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.ldapkv.contract.StoreContract;
import io.github.ldapkv.contract.WithoutAssertion;
import io.github.ldapkv.contract.WithoutPermissiveModify;
import io.github.ldapkv.contract.WithoutTransactions;
import io.github.ldapkv.testserver.ApacheDsContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract on ApacheDS.
 */
@Tag("servers")
class ApacheDsContractTests extends StoreContract
		implements WithoutPermissiveModify, WithoutAssertion, WithoutTransactions {

	private static final LdapKeyValueTemplate STORE = ApacheDsContainer.shared().store();

	@Override
	public TestDirectory directory() {
		return ApacheDsContainer.shared();
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
	 * It looks for the entry on the way, and fails if that is gone when it has found it.
	 */
	@Override
	public void contend(Runnable write) {
		try {
			super.contend(write);
		}
		catch (NonTransientDataAccessResourceException ex) {
			assertThat(ex).hasMessageContaining("other (80)");
		}
	}

	/**
	 * Who deletes what another is deleting may be told {@code other (80)}: what he had
	 * deleted before that is counted by nobody.
	 */
	@Test
	@Override
	public void theCallersWhoDeleteATreeCountEachEntryOnce() throws Exception {
		for (int round = 0; round < 5; round++) {
			LdapKey key = putUnit("ou=" + round);
			putUnit("ou=" + round + "/ou=a");
			putUnit("ou=" + round + "/ou=b");
			AtomicLong counted = new AtomicLong();
			atOnce(4, () -> {
				contend(() -> counted.addAndGet(store().deleteTree(key)));
				return null;
			});
			counted.addAndGet(store().deleteTree(key));
			assertThat(counted).hasValueLessThanOrEqualTo(3);
			assertThat(store().contains(key)).isFalse();
		}
	}

	@Override
	public String emoji() {
		return "\u263A";
	}

	@Test
	void charactersOfTheSupplementaryPlanesAreRefused() {
		assertThatExceptionOfType(NonTransientDataAccessResourceException.class)
			.isThrownBy(() -> store().put(at("uid=jdoe"), personWith(Map.of("title", "\uD83D\uDE00"))))
			.withMessageContaining("other (80)");
	}

	/**
	 * An entry is called what it was asked for by.
	 */
	@Test
	@Override
	public void resultsHaveTheSpellingOfTheServer() {
		store().put(at("uid=JDoe"), person());
		String asked = area().toString().toUpperCase(Locale.ROOT) + "/UID=jdoe";
		assertThat(store().keys(KeyQuery.of(asked))).singleElement().hasToString(asked);
		assertThat(store().keys(KeyQuery.of(area() + "/UID=j*"))).singleElement().hasToString(area() + "/uid=JDoe");
	}

	/**
	 * Options are taken, and forgotten.
	 */
	@Test
	@Override
	public void attributeOptionsStayApart() {
		store().put(at("uid=jdoe"), personWith(Map.of("description", "plain", "description;lang-en", "English")));
		assertThat(store().getRequired(at("uid=jdoe")).texts("description")).containsExactlyInAnyOrder("plain",
				"English");
	}

	/**
	 * One option is forgotten, several are not.
	 */
	@Test
	@Override
	public void attributeOptionsComeInAnyOrder() {
		store().put(at("uid=jdoe"), personWith(Map.of("description;lang-en;lang-de", "x")));
		assertThat(store().getRequired(at("uid=jdoe")).texts("description;lang-de;lang-en")).containsExactly("x");
	}

	@Override
	public Map<String, Object> oddities() {
		return Map.of("userPassword", "");
	}

	/**
	 * The server's answer to a failed write has the whole request in it.
	 */
	@Test
	void aRequestThatTheServerRepeatsIsNotShown() {
		Map<String, Object> person = personWith(Map.of("userPassword", "s3cret", "noSuchAttribute", "x"));
		for (Runnable write : List.<Runnable>of(() -> store().put(at("uid=jdoe"), person),
				() -> store().put(at("ou=none/uid=jdoe"), person),
				() -> store().put(area(), Map.of("userPassword", "s3cret", "noSuchAttribute", "x")))) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(write::run).satisfies((ex) -> {
				StringWriter text = new StringWriter();
				ex.printStackTrace(new PrintWriter(text));
				assertThat(text.toString()).doesNotContain("s3cret", "0x73 0x33 0x63", "Message ID");
			});
		}
	}

	/**
	 * It loses pages, so there are none.
	 */
	@Test
	@Override
	public void aStreamReadsPageByPage() {
		int entries = 1201;
		IntStream.range(0, entries).forEach((i) -> putUnit("ou=" + i));
		try (Stream<LdapEntry> stream = store().stream(KeyQuery.of(area() + "/*"))) {
			assertThat(stream.map(LdapEntry::key)).doesNotHaveDuplicates().hasSize(entries);
		}
		assertThat(directory().requestsDuring(() -> {
			try (Stream<LdapEntry> stream = store().stream(KeyQuery.of(area() + "/*"))) {
				assertThat(stream.findFirst()).isPresent();
			}
		})).as("one search, which is given up with its connection").containsExactly("SEARCH * entryCSN");
	}

	@Override
	public Map<String, String> administrative() {
		return Map.of("collectiveExclusions", "2.5.18.0");
	}

}
