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

package io.github.ldapkv.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.UnknownOutcomeException;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.Properties;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TcpProxy;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application that Prometheus watches while a directory does to it what directories
 * do: answers, refuses the account, keeps silent, and is gone.
 */
final class TroubledApplication {

	/**
	 * The server that is gone in the end.
	 */
	private final TcpProxy first;

	private final TcpProxy second;

	private final AtomicBoolean refusing = new AtomicBoolean();

	private Exposition seen;

	private TroubledApplication() {
		try (EmbeddedDirectory directory = new EmbeddedDirectory(
				(config) -> config.addInMemoryOperationInterceptor(new Refusal(this.refusing)));
				TcpProxy one = new TcpProxy("localhost", directory.port());
				TcpProxy other = new TcpProxy("localhost", directory.port())) {
			this.first = one;
			this.second = other;
			run(directory);
		}
	}

	/**
	 * What Prometheus has seen of one.
	 */
	static Exposition exposition() {
		return Once.SEEN;
	}

	/**
	 * What Prometheus would see of any.
	 */
	static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
					PrometheusMetricsExportAutoConfiguration.class, LdapAutoConfiguration.class,
					LdapKeyValueAutoConfiguration.class, LdapKeyValueObservationAutoConfiguration.class,
					LdapKeyValueMetricsAutoConfiguration.class));
	}

	private void run(EmbeddedDirectory directory) {
		runner().withPropertyValues(Properties.of(directory, this.first.url() + "," + this.second.url()))
			.withPropertyValues("ldapkv.pool.max-size=5", "ldapkv.read-timeout=500ms")
			.run((context) -> {
				LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
				readAndWrite(store);
				keepSilent(store);
				refuseTheAccount(store);
				endTheFirst(store);
				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				// A listener that is being closed may take one more connection.
				await(() -> Exposition.of(registry.scrape())
					.sum("ldapkv_pool_connect_seconds_count", "outcome", "failure") > 0);
				this.seen = Exposition.of(registry.scrape());
			});
	}

	private void readAndWrite(LdapKeyValueOperations store) {
		store.put("/ou=Seen", Map.of("objectClass", "organizationalUnit"));
		assertThat(store.get("/ou=Seen")).isPresent();
		assertThat(store.get("/ou=None")).isEmpty();
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> store.put("/ou=None/ou=Below", Map.of("objectClass", "organizationalUnit")));
	}

	private void keepSilent(LdapKeyValueOperations store) {
		this.first.swallow(true);
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> store.put("/ou=Seen", Map.of("description", "a")));
		this.first.cut();
		this.first.swallow(false);
		assertThat(store.get("/ou=Seen")).isPresent();
	}

	private void refuseTheAccount(LdapKeyValueOperations store) {
		this.refusing.set(true);
		this.first.cut();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.get("/ou=Seen"));
		this.refusing.set(false);
		await(() -> isThere(store));
	}

	private static void await(BooleanSupplier condition) {
		Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).isBefore(deadline);
			LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
		}
	}

	private static boolean isThere(LdapKeyValueOperations store) {
		try {
			return store.contains("/ou=Seen");
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	private void endTheFirst(LdapKeyValueOperations store) {
		this.first.close();
		assertThat(store.get("/ou=Seen")).isPresent();
	}

	private static final class Once {

		private static final Exposition SEEN = new TroubledApplication().seen;

	}

	private static final class Refusal extends InMemoryOperationInterceptor {

		private final AtomicBoolean refusing;

		Refusal(AtomicBoolean refusing) {
			this.refusing = refusing;
		}

		@Override
		public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
			if (this.refusing.get()) {
				throw new LDAPException(ResultCode.INVALID_CREDENTIALS);
			}
		}

	}

}
