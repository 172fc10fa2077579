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

import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.SmallDnsServer;
import io.github.ldapkv.testserver.SmallDnsServer.Srv;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers that DNS names.
 */
class ServiceRecordsTests {

	private static final String NAME = "_ldap._tcp.example.org";

	private SmallDnsServer dns;

	@BeforeEach
	void start() throws SocketException {
		this.dns = new SmallDnsServer();
	}

	@AfterEach
	void stop() {
		this.dns.close();
	}

	private List<Place> find() {
		return new ServerAddresses(List.of(this.dns.url("dc=example,dc=org")), new ServiceRecords("people")).find();
	}

	@Test
	void theServersOfADomainHaveItsPrioritiesAndWeights() {
		this.dns.set(NAME, new Srv(20, 0, 636, "127.0.0.3"), new Srv(10, 60, 389, "127.0.0.1"),
				new Srv(10, 40, 1389, "127.0.0.2"));
		assertThat(find()).extracting((place) -> place.address() + " " + place.rank() + " " + place.weight())
			.containsExactlyInAnyOrder("127.0.0.1:389 0 60", "127.0.0.2:1389 0 40", "127.0.0.3:636 1 0");
	}

	@Test
	void whatDnsNamedLastIsKeptWhileItSaysNothing() {
		this.dns.set(NAME, new Srv(0, 0, 389, "127.0.0.1"));
		ServerAddresses addresses = new ServerAddresses(List.of(this.dns.url("dc=example,dc=org")),
				new ServiceRecords("people"));
		assertThat(addresses.find()).hasSize(1);
		addresses.find();
		assertThat(this.dns.questions()).as("within half a minute").isEqualTo(1);
		this.dns.set(NAME);
		addresses.forget();
		assertThat(addresses.find()).hasSize(1);
		assertThat(this.dns.questions()).isGreaterThan(1);
		this.dns.set(NAME, new Srv(0, 0, 1389, "127.0.0.1"));
		addresses.forget();
		assertThat(addresses.find()).extracting((place) -> place.address().server().port()).containsExactly(1389);
	}

	@Test
	void aHostMayHaveAnUnderscoreAndNothingElseThatIsOfNoName() {
		this.dns.set(NAME, new Srv(0, 0, 389, "no_such_host.invalid"), new Srv(0, 0, 389, "a!b.invalid"));
		assertThat(find()).extracting((place) -> place.address().server().host())
			.containsExactly("no_such_host.invalid");
	}

	@Test
	void theLogHasTheBeginningAndTheEndOfWhatDnsDoesNotName() {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(ServiceRecords.class);
		logger.setLevel(Level.INFO);
		logger.addAppender(log);
		try {
			ServerAddresses addresses = new ServerAddresses(List.of(this.dns.url("dc=example,dc=org")),
					new ServiceRecords("people"));
			assertThat(addresses.find()).isEmpty();
			assertThat(addresses.find()).isEmpty();
			assertThat(addresses.whyNone()).contains("DNS name not found");
			addresses.forget();
			assertThat(addresses.find()).isEmpty();
			addresses.forget();
			this.dns.set(NAME, new Srv(0, 0, 389, "127.0.0.1"));
			assertThat(addresses.find()).hasSize(1);
			assertThat(addresses.whyNone()).isEmpty();
		}
		finally {
			logger.detachAppender(log);
			logger.setLevel(null);
		}
		assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
			.satisfiesExactly(
					(line) -> assertThat(line).startsWith("people: DNS does not name the servers of " + NAME + ": "),
					(line) -> assertThat(line).isEqualTo("people: DNS names the servers of " + NAME + " again"));
	}

	@Test
	void aStoreFindsItsServerByItsDomain() {
		try (EmbeddedDirectory directory = new EmbeddedDirectory();
				LdapConnectionPool pool = directory.poolAt(this.dns.url("dc=example,dc=org")).build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			LdapKey key = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "dns");
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.get(key))
				.withMessageContaining(this.dns.url("dc=example,dc=org"))
				.withMessageContaining("DNS names none: DNS name not found");
			this.dns.set(NAME, new Srv(0, 0, directory.port(), "localhost"));
			// DNS is asked again after a tenth of a second.
			LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
			store.put(key, Map.of("objectClass", "organizationalUnit"));
			assertThat(store.contains(key)).isTrue();
		}
	}

	@Test
	void aHostThatNoUrlCouldHaveHidesNoOther() {
		this.dns.set(NAME, new Srv(0, 0, 389, "dc_1.test"), new Srv(0, 0, 389, "127.0.0.1"));
		assertThat(find()).extracting((place) -> place.address().server().host())
			.containsExactlyInAnyOrder("dc_1.test", "127.0.0.1");
	}

	@Test
	void thatThereIsNoServiceAnyMoreIsTakenForAnErrorOfDns() {
		this.dns.set(NAME, new Srv(0, 0, 389, "127.0.0.1"));
		ServerAddresses addresses = new ServerAddresses(List.of(this.dns.url("dc=example,dc=org")),
				new ServiceRecords("people"));
		assertThat(addresses.find()).hasSize(1);
		this.dns.set(NAME, new Srv(0, 0, 0, "."));
		addresses.forget();
		assertThat(addresses.find()).hasSize(1);
	}

	@Test
	void whatWasNeverFoundIsNotAskedForByEachCall() {
		ServerAddresses addresses = new ServerAddresses(List.of(this.dns.url("dc=example,dc=org")),
				new ServiceRecords("people"));
		long begin = System.nanoTime();
		for (int i = 0; i < 1000; i++) {
			assertThat(addresses.find()).isEmpty();
		}
		long tenths = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 100;
		assertThat((long) this.dns.questions()).isLessThanOrEqualTo(tenths + 1);
	}

}
