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

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTransactionManager;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.pool.LdapConnectionPool;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionManager;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for transactions of the store. In an
 * application with another transaction manager, the store's is asked for by its name.
 */
@AutoConfiguration(after = LdapKeyValueAutoConfiguration.class,
		afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
				"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
				"org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
				"org.springframework.boot.neo4j.autoconfigure.Neo4jAutoConfiguration",
				"org.springframework.boot.data.neo4j.autoconfigure.DataNeo4jAutoConfiguration",
				"org.springframework.boot.pulsar.autoconfigure.PulsarAutoConfiguration",
				"org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration",
				"org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration" },
		beforeName = "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration")
@ConditionalOnSingleCandidate(LdapKeyValueTemplate.class)
public final class LdapKeyValueTransactionAutoConfiguration {

	private static final String NAME = "ldapKeyValueTransactionManager";

	private static LdapKeyValueTransactionManager transactionManager(ObjectProvider<LdapKeyValueTemplate> store,
			ObjectProvider<TransactionSettings> settings) {
		LdapKeyValueTransactionManager manager = new LdapKeyValueTransactionManager(
				store.getIfAvailable(LdapKeyValueTransactionAutoConfiguration::storeThatIsNotUsed));
		settings.ifAvailable((it) -> it.apply(manager));
		return manager;
	}

	/**
	 * A test may have put a mock in the store's place. Then nothing is written in a
	 * transaction, and this store never opens a connection.
	 */
	private static LdapKeyValueTemplate storeThatIsNotUsed() {
		return new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of("ldap://localhost")).build());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(value = TransactionManager.class, name = NAME)
	static class Alone {

		@Bean
		LdapKeyValueTransactionManager ldapKeyValueTransactionManager(ObjectProvider<LdapKeyValueTemplate> store,
				ObjectProvider<TransactionSettings> settings) {
			return transactionManager(store, settings);
		}

		@Bean
		static PrecedenceOfOthers ldapKeyValuePrecedenceOfOtherTransactionManagers() {
			return new PrecedenceOfOthers(NAME);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(TransactionManager.class)
	@ConditionalOnMissingBean(name = NAME)
	static class BesideAnother {

		@Bean(defaultCandidate = false)
		LdapKeyValueTransactionManager ldapKeyValueTransactionManager(ObjectProvider<LdapKeyValueTemplate> store,
				ObjectProvider<TransactionSettings> settings) {
			return transactionManager(store, settings);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TransactionManagerCustomizers.class)
	static class BootSettings {

		@Bean
		TransactionSettings ldapKeyValueTransactionSettings(ObjectProvider<TransactionManagerCustomizers> customizers) {
			return (manager) -> customizers.ifAvailable((it) -> it.customize(manager));
		}

	}

	/**
	 * What the application says of all its transaction managers.
	 */
	@FunctionalInterface
	interface TransactionSettings {

		void apply(TransactionManager manager);

	}

}
