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
package io.github.ldapkv.internal.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A store whose account the server does not let read in pages, or in smaller ones only,
 * as OpenLDAP's limits have it.
 */
class PagingTests {

	private static final OpenLdapContainer SERVER = new OpenLdapContainer().withEnv("LDAP_READONLY_USER", "true");

	private static final LdapKey AREA = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "pages");

	private static final KeyQuery QUERY = KeyQuery.of(AREA + "/*");

	private static final int ENTRIES = 40;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private LdapConnectionPool reader;

	@BeforeAll
	static void start() {
		SERVER.start();
		try (LdapConnectionPool admin = SERVER.pool().build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(admin);
			store.put(AREA, Map.of("objectClass", "organizationalUnit"));
			IntStream.range(0, ENTRIES)
				.forEach((i) -> store.put(AREA.child("ou", "u" + i), Map.of("objectClass", "organizationalUnit")));
		}
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@BeforeEach
	void connect() {
		this.reader = LdapConnectionPool.builder(List.of(SERVER.url()))
			.user("cn=readonly," + TestDirectory.SUFFIX, "readonly")
			.build();
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void close() {
		logger().detachAppender(this.log);
		this.reader.close();
	}

	@Test
	void whereThereAreNoPagesQueriesGoOnWithoutAndSayItOnce() throws Exception {
		limit("size.prtotal=disabled");
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.reader);
		assertThat(store.query(QUERY)).hasSize(ENTRIES);
		assertThat(store.keys(QUERY)).hasSize(ENTRIES);
		assertThat(store.count(QUERY)).isEqualTo(ENTRIES);
		assertThat(store.count(QUERY.limit(3))).isEqualTo(3);
		List<LdapKey> seen = new ArrayList<>();
		store.forEach(QUERY, (entry) -> seen.add(entry.key()));
		assertThat(seen).hasSize(ENTRIES);
		assertThat(SERVER.requestsDuring(() -> store.keys(QUERY))).containsExactly("SEARCH 1.1");
		assertThat(warnings()).singleElement().asString().contains("ldapkv.page-size=0");
		assertThat(this.reader.statistics().active()).isZero();
	}

	@Test
	void aStoreCanDoWithoutPagesFromTheStart() throws Exception {
		limit("size.prtotal=disabled");
		LdapKeyValueTemplate store = LdapKeyValueTemplate.builder(this.reader).pageSize(0).build();
		assertThat(SERVER.requestsDuring(() -> assertThat(store.keys(QUERY)).hasSize(ENTRIES)))
			.filteredOn((request) -> request.endsWith("1.1"))
			.containsExactly("SEARCH 1.1");
		assertThat(warnings()).isEmpty();
		try (LdapConnectionPool admin = SERVER.pool().build()) {
			LdapKeyValueTemplate writer = LdapKeyValueTemplate.builder(admin).pageSize(0).build();
			LdapKey tree = AREA.child("ou", "u0");
			IntStream.range(0, 5)
				.forEach((i) -> writer.put(tree.child("ou", "u" + i), Map.of("objectClass", "organizationalUnit")));
			assertThat(writer.deleteTree(tree)).isEqualTo(6);
			writer.put(tree, Map.of("objectClass", "organizationalUnit"));
		}
	}

	@Test
	void aPageThatIsTooLargeIsAMatterOfThePageSize() throws Exception {
		limit("size.pr=10");
		assertThatExceptionOfType(DataRetrievalFailureException.class)
			.isThrownBy(() -> new LdapKeyValueTemplate(this.reader).query(QUERY))
			.withMessageContaining("adminLimitExceeded (11)")
			.withMessageContaining("lower ldapkv.page-size");
		assertThat(warnings()).isEmpty();
		assertThat(LdapKeyValueTemplate.builder(this.reader).pageSize(10).build().query(QUERY)).hasSize(ENTRIES);
	}

	/**
	 * What the server has to say of further results does not count.
	 */
	@Test
	void aCountThatIsReachedIsKnownWhateverLimitComesAfterIt() throws Exception {
		limit("size.soft=10 size.hard=10 size.prtotal=disabled");
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(this.reader);
		for (int limit : List.of(1, 5, 10)) {
			assertThat(store.count(QUERY.limit(limit))).isEqualTo(limit);
		}
		assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> store.count(QUERY))
			.withMessageContaining("sizeLimitExceeded (4)");
		assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> store.keys(QUERY.limit(5)))
			.withMessageContaining("sizeLimitExceeded (4)");
	}

	@Test
	void aCountWithALimitAsksForNoMoreThanThat() throws Exception {
		limit("size.prtotal=10 size.pr=10");
		LdapKeyValueTemplate store = LdapKeyValueTemplate.builder(this.reader).pageSize(10).build();
		assertThat(store.count(QUERY.limit(1))).isEqualTo(1);
		LdapKeyValueTemplate large = new LdapKeyValueTemplate(this.reader);
		assertThat(large.count(QUERY.limit(9))).isEqualTo(9);
	}

	private List<String> warnings() {
		return this.log.list.stream()
			.map(ILoggingEvent::getFormattedMessage)
			.filter((message) -> message.contains("pages"))
			.toList();
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(Paging.class);
	}

	private static void limit(String limits) throws LDAPException, LDIFException {
		try (LDAPConnection connection = new LDAPConnection(SERVER.host(), SERVER.port(), "cn=admin,cn=config",
				"config")) {
			connection.modify("dn: olcDatabase={1}mdb,cn=config", "changetype: modify", "replace: olcLimits",
					"olcLimits: dn.exact=\"cn=readonly," + TestDirectory.SUFFIX + "\" " + limits);
		}
	}

}
