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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTransactionManager;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.embedded.EmbeddedLdapAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@link LdapKeyValueTransactionAutoConfiguration}.
 */
class LdapKeyValueTransactionAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, EmbeddedLdapAutoConfiguration.class,
				LdapKeyValueAutoConfiguration.class, LdapKeyValueTransactionAutoConfiguration.class,
				TransactionAutoConfiguration.class))
		.withPropertyValues("spring.ldap.embedded.base-dn=dc=test,dc=org");

	@Test
	void theTransactionManagerIsABean() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(LdapKeyValueTransactionManager.class)
			.hasSingleBean(TransactionTemplate.class));
	}

	@Test
	void oneOfTheUserIsTheDefaultOne() {
		this.contextRunner.withUserConfiguration(OwnTransactionManager.class)
			.run((context) -> assertThat(context.getBean(TransactionManager.class))
				.isSameAs(context.getBean("ownTransactionManager")));
	}

	@Test
	void backsOffForOneOfTheUserWithItsName() {
		LdapKeyValueTransactionManager own = new LdapKeyValueTransactionManager(
				new LdapKeyValueTemplate(EmbeddedDirectory.shared().contextSource()));
		this.contextRunner
			.withBean("ldapKeyValueTransactionManager", LdapKeyValueTransactionManager.class, () -> own,
					(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
			.run((context) -> assertThat(context).getBean(TransactionManager.class).isSameAs(own));
	}

	@Test
	void backsOffWithoutAStore() {
		this.contextRunner.withPropertyValues("ldapkv.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TransactionManager.class));
	}

	@Test
	void isAskedForByNameBesideAnotherTransactionManager() {
		this.contextRunner.withUserConfiguration(AnotherTransactionManager.class, People.class).run((context) -> {
			assertThat(context.getBeanProvider(PlatformTransactionManager.class).getObject())
				.isNotInstanceOf(LdapKeyValueTransactionManager.class);
			People people = context.getBean(People.class);
			assertThatIllegalStateException().isThrownBy(people::hireByName);
			assertThat(people.count()).isZero();
		});
	}

	@Test
	void annotatedMethodsAreTransactions() {
		this.contextRunner.withUserConfiguration(People.class).run((context) -> {
			People people = context.getBean(People.class);
			assertThatIllegalStateException().isThrownBy(() -> people.hire(true));
			assertThat(people.count()).isZero();
			people.hire(false);
			assertThat(people.count()).isEqualTo(2);
		});
	}

	@Test
	void oneOfAnAutoConfigurationThatComesLaterIsTheDefaultOne() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(LaterAutoConfiguration.class))
			.withUserConfiguration(People.class)
			.run((context) -> {
				assertThat(context).hasBean("ldapKeyValueTransactionManager");
				assertThat(context.getBean(TransactionManager.class)).isSameAs(context.getBean("later"));
				assertThat(context.getBeanProvider(PlatformTransactionManager.class).getObject())
					.isSameAs(context.getBean("later"));
				People people = context.getBean(People.class);
				people.hire(false);
				assertThat(people.count()).isEqualTo(2);
				assertThatIllegalStateException().isThrownBy(people::hireByName);
			});
	}

	@Test
	void theSettingsOfAllTransactionManagersHold() {
		List<String> heard = new ArrayList<>();
		this.contextRunner
			.withConfiguration(AutoConfigurations.of(TransactionManagerCustomizationAutoConfiguration.class))
			.withPropertyValues("spring.transaction.default-timeout=7s")
			.withBean(TransactionExecutionListener.class, () -> new TransactionExecutionListener() {

				@Override
				public void afterRollback(TransactionExecution transaction, Throwable failure) {
					heard.add("rollback");
				}

			})
			.withUserConfiguration(People.class)
			.run((context) -> {
				assertThat(context.getBean(LdapKeyValueTransactionManager.class).getDefaultTimeout()).isEqualTo(7);
				People people = context.getBean(People.class);
				assertThatIllegalStateException().isThrownBy(() -> people.hire(true));
				assertThat(heard).containsExactly("rollback");
			});
	}

	@Test
	void worksWithoutBootsTransactions() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader(TransactionManagerCustomizers.class.getPackageName()))
			.run((context) -> assertThat(context).hasSingleBean(LdapKeyValueTransactionManager.class));
	}

	@AutoConfiguration(after = LdapKeyValueTransactionAutoConfiguration.class)
	static class LaterAutoConfiguration {

		@Bean
		PlatformTransactionManager later() {
			return new AnotherTransactionManager().anotherTransactionManager();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTransactionManager {

		@Bean
		LdapKeyValueTransactionManager ownTransactionManager(LdapKeyValueTemplate store) {
			return new LdapKeyValueTransactionManager(store);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnotherTransactionManager {

		@Bean
		PlatformTransactionManager anotherTransactionManager() {
			return new AbstractPlatformTransactionManager() {

				@Override
				protected Object doGetTransaction() {
					return new Object();
				}

				@Override
				protected void doBegin(Object transaction, TransactionDefinition definition) {
					// There is nothing to begin.
				}

				@Override
				protected void doCommit(DefaultTransactionStatus status) {
					// There is nothing to commit.
				}

				@Override
				protected void doRollback(DefaultTransactionStatus status) {
					// There is nothing to roll back.
				}

			};
		}

	}

	static class People {

		private final LdapKeyValueOperations store;

		People(LdapKeyValueOperations store) {
			this.store = store;
			this.store.put("/dc=org/dc=test", Map.of("objectClass", "domain"));
		}

		@Transactional
		public void hire(boolean failing) {
			hire();
			if (failing) {
				throw new IllegalStateException("stop");
			}
		}

		@Transactional("ldapKeyValueTransactionManager")
		public void hireByName() {
			hire();
			throw new IllegalStateException("stop");
		}

		private void hire() {
			this.store.put("/dc=org/dc=test/ou=People", Map.of("objectClass", "organizationalUnit"));
			this.store.put("/dc=org/dc=test/ou=People/uid=jdoe",
					Map.of("objectClass", "inetOrgPerson", "cn", "John Doe", "sn", "Doe"));
		}

		public int count() {
			return this.store.query("/dc=org/dc=test/**").size() - 1;
		}

	}

}
