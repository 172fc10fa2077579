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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.testserver.OpenLdapContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The certificates of the server and of the application are changed for those of another
 * authority while the application works, as {@code docs/operations.md} says, and no call
 * fails.
 */
@Timeout(120)
class CertificateRotationTests {

	private static final String BASE = "/dc=org/dc=test";

	private static final String CERTIFICATES = "/container/service/slapd/assets/certs/";

	private static final String NEXT_CERTIFICATES = """
			cd /container/service/slapd/assets/certs
			openssl req -quiet -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 9 \
			  -subj "/CN=Next CA" -keyout next-ca.key -out next-ca.crt
			make() {
			  openssl req -quiet -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -subj "/CN=$2" -keyout "$1.key" |
			    openssl x509 -req -CA next-ca.crt -CAkey next-ca.key -days 9 -extfile <(echo "$3") -out "$1.crt"
			}
			make next localhost subjectAltName=DNS:localhost
			make next-client admin ""
			cat ca.crt next-ca.crt > both-ca.crt
			chmod a+r *
			""";

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withTls()
		.withEnv("LDAP_TLS_VERIFY_CLIENT", "demand");

	@TempDir
	private Path mounted;

	private final Queue<DataAccessException> failures = new ConcurrentLinkedQueue<>();

	private final AtomicLong successes = new AtomicLong();

	@BeforeAll
	static void start() {
		SERVER.start();
		SERVER.run(NEXT_CERTIFICATES);
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@Test
	void noCallFailsWhileBothAuthoritiesAreTrusted() throws IOException {
		mount("ca.crt", "ca.crt");
		mount("client.crt", "tls.crt");
		mount("client.key", "tls.key");
		runner().run((context) -> {
			Semaphore reloads = new Semaphore(0);
			context.getBean(SslBundles.class).addBundleUpdateHandler("ldap", (bundle) -> reloads.release());
			Thread load = new Thread(() -> work(context.getBean(LdapKeyValueOperations.class)));
			load.start();
			awaitSuccesses();
			reload(reloads, () -> mount("both-ca.crt", "ca.crt"));
			serverTrusts("both-ca.crt");
			SERVER.configure("dn: cn=config", "changetype: modify", "replace: olcTLSCertificateFile",
					"olcTLSCertificateFile: " + CERTIFICATES + "next.crt", "-", "replace: olcTLSCertificateKeyFile",
					"olcTLSCertificateKeyFile: " + CERTIFICATES + "next.key");
			awaitSuccesses();
			reload(reloads, () -> {
				mount("next-client.crt", "tls.crt");
				mount("next-client.key", "tls.key");
			});
			serverTrusts("next-ca.crt");
			awaitSuccesses();
			reload(reloads, () -> mount("next-ca.crt", "ca.crt"));
			awaitSuccesses();
			load.interrupt();
			load.join();
		});
		assertThat(this.failures).isEmpty();
		theOldCertificatesAreOfNoUse();
	}

	private void theOldCertificatesAreOfNoUse() throws IOException {
		mount("client.crt", "tls.crt");
		mount("client.key", "tls.key");
		runner().run((context) -> assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> context.getBean(LdapKeyValueOperations.class).contains(BASE)));
		mount("next-client.crt", "tls.crt");
		mount("next-client.key", "tls.key");
		mount("ca.crt", "ca.crt");
		runner().run((context) -> assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> context.getBean(LdapKeyValueOperations.class).contains(BASE))
			.withMessageContaining("certification path"));
	}

	private ApplicationContextRunner runner() {
		String bundle = "spring.ssl.bundle.pem.ldap.";
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, LdapAutoConfiguration.class,
					LdapKeyValueAutoConfiguration.class))
			.withPropertyValues("ldapkv.urls=" + SERVER.tlsUrl(), "ldapkv.ssl.bundle=ldap",
					"ldapkv.ssl.external-bind=true", "ldapkv.pool.max-age=200ms",
					"spring.ssl.bundle.watch.file.quiet-period=200ms", bundle + "reload-on-update=true",
					bundle + "truststore.certificate=" + file("ca.crt"),
					bundle + "keystore.certificate=" + file("tls.crt"),
					bundle + "keystore.private-key=" + file("tls.key"));
	}

	private String file(String name) {
		return this.mounted.resolve(name).toUri().toString();
	}

	private void mount(String certificate, String name) throws IOException {
		Files.writeString(this.mounted.resolve(name), SERVER.certificate(certificate));
	}

	private static void serverTrusts(String authorities) {
		SERVER.configure("dn: cn=config", "changetype: modify", "replace: olcTLSCACertificateFile",
				"olcTLSCACertificateFile: " + CERTIFICATES + authorities);
	}

	private static void reload(Semaphore reloads, Change change) throws Exception {
		reloads.drainPermits();
		change.make();
		assertThat(reloads.tryAcquire(20, TimeUnit.SECONDS)).as("reloaded").isTrue();
		// Longer than the maximum age of connections that were opened before.
		Thread.sleep(500);
	}

	private void work(LdapKeyValueOperations store) {
		while (!Thread.currentThread().isInterrupted()) {
			try {
				store.contains(BASE);
				this.successes.incrementAndGet();
			}
			catch (DataAccessException ex) {
				if (!Thread.currentThread().isInterrupted()) {
					this.failures.add(ex);
				}
			}
		}
	}

	/**
	 * Waits for calls, and for longer than any connection lasts.
	 */
	private void awaitSuccesses() throws InterruptedException {
		Thread.sleep(500);
		long wanted = this.successes.get() + 10;
		for (int i = 0; i < 1000 && this.successes.get() < wanted; i++) {
			Thread.sleep(20);
		}
		assertThat(this.successes).as("calls, while these failed: %s", this.failures)
			.hasValueGreaterThanOrEqualTo(wanted);
	}

	@FunctionalInterface
	private interface Change {

		void make() throws IOException;

	}

}
