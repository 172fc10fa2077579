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

package io.github.ldapkv.autoconfigure.transaction;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.Properties;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What listeners of an application write around the end of a transaction: before a commit
 * it belongs to the transaction, after the end it is done at once.
 */
class TransactionalEventListenerTests {

	private static final String AREA = "/ou=listeners";

	private static final Map<String, String> PERSON = Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x");

	@Test
	void afterACommit() {
		onEachServer((hiring, store) -> {
			hiring.hire(() -> {
			});
			assertThat(hiring.doneAtOnce()).isEqualTo(Map.of("BEFORE_COMMIT", false, "AFTER_COMMIT", true,
					"AFTER_COMPLETION", true, "REQUIRES_NEW", false));
			assertThat(names(store)).containsExactlyInAnyOrder("hired", "BEFORE_COMMIT", "AFTER_COMMIT",
					"AFTER_COMPLETION", "REQUIRES_NEW");
		});
	}

	@Test
	void afterARollback() {
		onEachServer((hiring, store) -> {
			assertThatIllegalStateException().isThrownBy(() -> hiring.hire(() -> {
				throw new IllegalStateException("stop");
			})).withMessage("stop");
			assertThat(hiring.doneAtOnce()).isEqualTo(Map.of("AFTER_ROLLBACK", true, "AFTER_COMPLETION", true));
			assertThat(names(store)).containsExactlyInAnyOrder("AFTER_ROLLBACK", "AFTER_COMPLETION");
		});
	}

	@Test
	void afterACommitThatTheServerRefuses() {
		onEachServer((hiring, store) -> {
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> hiring.hire(() -> store.put(AREA + "/ou=missing/uid=x", PERSON)));
			assertThat(hiring.doneAtOnce())
				.isEqualTo(Map.of("BEFORE_COMMIT", false, "AFTER_ROLLBACK", true, "AFTER_COMPLETION", true));
			assertThat(names(store)).containsExactlyInAnyOrder("AFTER_ROLLBACK", "AFTER_COMPLETION");
		});
	}

	private static List<String> names(LdapKeyValueOperations store) {
		return store.query(AREA + "/uid=*").stream().flatMap((entry) -> entry.value().texts("uid").stream()).toList();
	}

	private static void onEachServer(BiConsumer<Hiring, LdapKeyValueOperations> test) {
		for (TestDirectory directory : List.of(EmbeddedDirectory.shared(), OpenLdapContainer.shared())) {
			SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.bannerMode(Banner.Mode.OFF)
				.properties(Properties.of(directory));
			try (ConfigurableApplicationContext context = application.run()) {
				LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
				store.put(AREA, Map.of("objectClass", "organizationalUnit"));
				try {
					test.accept(context.getBean(Hiring.class), store);
				}
				finally {
					store.deleteTree(AREA);
				}
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
			LdapKeyValueTransactionAutoConfiguration.class, TransactionAutoConfiguration.class })
	@Import(Hiring.class)
	static class Application {

	}

	/**
	 * Somebody was hired.
	 */
	record Hired() {

	}

	static class Hiring {

		private final LdapKeyValueOperations store;

		private final ApplicationEventPublisher publisher;

		private final Map<String, Boolean> doneAtOnce = new TreeMap<>();

		Hiring(LdapKeyValueOperations store, ApplicationEventPublisher publisher) {
			this.store = store;
			this.publisher = publisher;
		}

		@Transactional
		public void hire(Runnable more) {
			this.store.put(AREA + "/uid=hired", PERSON);
			this.publisher.publishEvent(new Hired());
			more.run();
		}

		@TransactionalEventListener(value = Hired.class, phase = TransactionPhase.BEFORE_COMMIT)
		public void beforeCommit() {
			write("BEFORE_COMMIT");
		}

		@TransactionalEventListener(value = Hired.class, phase = TransactionPhase.AFTER_COMMIT)
		public void afterCommit() {
			write("AFTER_COMMIT");
		}

		@TransactionalEventListener(value = Hired.class, phase = TransactionPhase.AFTER_ROLLBACK)
		public void afterRollback() {
			write("AFTER_ROLLBACK");
		}

		@TransactionalEventListener(value = Hired.class, phase = TransactionPhase.AFTER_COMPLETION)
		public void afterCompletion() {
			write("AFTER_COMPLETION");
		}

		@TransactionalEventListener(value = Hired.class, phase = TransactionPhase.AFTER_COMMIT)
		@Transactional(propagation = Propagation.REQUIRES_NEW)
		public void inATransactionOfItsOwn() {
			write("REQUIRES_NEW");
		}

		private void write(String name) {
			this.store.put(AREA + "/uid=" + name, PERSON);
			this.doneAtOnce.put(name, this.store.contains(AREA + "/uid=" + name));
		}

		public Map<String, Boolean> doneAtOnce() {
			return this.doneAtOnce;
		}

	}

}
