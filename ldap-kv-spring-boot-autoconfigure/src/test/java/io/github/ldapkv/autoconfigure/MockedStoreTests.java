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

package io.github.ldapkv.autoconfigure;

import java.util.Map;
import java.util.Optional;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueEndpoint;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueEndpointAutoConfiguration;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueHealthContributorAutoConfiguration;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueMetricsAutoConfiguration;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueObservationAutoConfiguration;
import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueWatchMetricsAutoConfiguration;
import io.github.ldapkv.autoconfigure.transaction.LdapKeyValueTransactionAutoConfiguration;
import io.github.ldapkv.autoconfigure.watch.LdapListener;
import io.github.ldapkv.autoconfigure.watch.LdapWatchAutoConfiguration;
import io.github.ldapkv.autoconfigure.watch.LdapWatchRegistry;
import io.github.ldapkv.watch.LdapChange;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.embedded.EmbeddedLdapAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;

/**
 * An application that has all there is, whose test puts something else in the place of
 * the store.
 */
@TestPropertySource(properties = { "spring.ldap.embedded.base-dn=dc=test,dc=org", "spring.ldap.base=dc=test,dc=org",
		"management.endpoints.web.exposure.include=ldapkv", "ldapkv.check-on-startup=true" })
class MockedStoreTests {

	/**
	 * Of the type that is injected.
	 */
	@Nested
	@SpringJUnitConfig(Application.class)
	class AMockOfTheOperations {

		@MockitoBean
		private LdapKeyValueOperations store;

		@Autowired
		private Staff staff;

		@Autowired
		private HealthIndicator ldapkvHealthContributor;

		@Autowired
		private LdapKeyValueEndpoint endpoint;

		@Autowired
		private MeterRegistry meters;

		@Test
		void isUsed() {
			given(this.store.get("/uid=jdoe")).willReturn(Optional.of(LdapValue.of(Map.of("mail", "john@test.org"))));
			assertThat(this.staff.mailOf("jdoe")).contains("john@test.org");
		}

		@Test
		void takesPartInTransactions() {
			this.staff.hire("jdoe");
			verify(this.store).put("/uid=jdoe", Map.of("objectClass", "account"));
		}

		@Test
		void isNotWatched(@Autowired LdapWatchRegistry watches) {
			assertThat(watches.ids()).isEmpty();
		}

		@Test
		void leavesNothingToLookAfter() {
			assertThat(this.ldapkvHealthContributor.health().getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(this.endpoint.stores().stores()).isEmpty();
			assertThat(this.meters.find("ldapkv.pool.connections.max").gauges()).isEmpty();
		}

	}

	/**
	 * Of the type of the bean.
	 */
	@Nested
	@SpringJUnitConfig(Application.class)
	class AMockOfTheTemplate {

		@MockitoBean
		private LdapKeyValueTemplate store;

		@Autowired
		private Staff staff;

		@Autowired
		private HealthIndicator ldapkvHealthContributor;

		@Autowired
		private LdapKeyValueEndpoint endpoint;

		@Test
		void takesPartInTransactions() {
			this.staff.hire("jdoe");
			this.staff.hireTwo();
			verify(this.store).put("/uid=jdoe", Map.of("objectClass", "account"));
			assertThatIllegalStateException().isThrownBy(() -> this.staff.fail("jroe"));
		}

		@Test
		void isNotWatched(@Autowired LdapWatchRegistry watches) {
			assertThat(watches.ids()).isEmpty();
		}

		@Test
		void leavesNothingToLookAfter() {
			assertThat(this.ldapkvHealthContributor.health().getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(this.endpoint.stores().stores()).isEmpty();
		}

	}

	/**
	 * A store that notes its calls.
	 */
	@Nested
	@SpringJUnitConfig(Application.class)
	@TestPropertySource(properties = { "ldapkv.check-on-startup=false" })
	class ASpy {

		@MockitoSpyBean
		private LdapKeyValueOperations store;

		@Autowired
		private Staff staff;

		@Autowired
		private HealthIndicator ldapkvHealthContributor;

		@Test
		void rollsBack() {
			this.store.put("/", Map.of("objectClass", "domain"));
			assertThatIllegalStateException().isThrownBy(() -> this.staff.fail("jdoe"));
			verify(this.store).put("/uid=jdoe", Map.of("objectClass", "account"));
			assertThat(this.store.contains("/uid=jdoe")).isFalse();
			this.staff.hire("jdoe");
			assertThat(this.store.contains("/uid=jdoe")).isTrue();
		}

		@Test
		void isWatched(@Autowired LdapWatchRegistry watches) {
			assertThat(watches.state("staff")).isPresent();
		}

		@Test
		void isLookedAfter() {
			assertThat(this.ldapkvHealthContributor.health().getStatus()).isEqualTo(Status.UP);
			verify((LdapKeyValueTemplate) this.store).check(any());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LdapAutoConfiguration.class, EmbeddedLdapAutoConfiguration.class,
			LdapKeyValueAutoConfiguration.class, LdapKeyValueTransactionAutoConfiguration.class,
			LdapKeyValueObservationAutoConfiguration.class, LdapKeyValueMetricsAutoConfiguration.class,
			LdapKeyValueHealthContributorAutoConfiguration.class, LdapKeyValueEndpointAutoConfiguration.class,
			LdapWatchAutoConfiguration.class, LdapKeyValueWatchMetricsAutoConfiguration.class,
			TransactionAutoConfiguration.class, MetricsAutoConfiguration.class,
			CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class })
	@Import(Staff.class)
	static class Application {

	}

	static class Staff {

		private final LdapKeyValueOperations store;

		Staff(LdapKeyValueOperations store) {
			this.store = store;
		}

		Optional<String> mailOf(String id) {
			return this.store.get("/uid=" + id).flatMap((person) -> person.text("mail"));
		}

		@LdapListener(id = "staff", value = "/uid=*")
		public void changed(LdapChange change) {
		}

		@Transactional
		public void hire(String id) {
			this.store.put("/uid=" + id, Map.of("objectClass", "account"));
		}

		@Transactional
		public void hireTwo() {
			hire("one");
			hire("two");
		}

		@Transactional
		public void fail(String id) {
			hire(id);
			throw new IllegalStateException("stop");
		}

	}

}
