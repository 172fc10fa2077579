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

package io.github.ldapkv.internal.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import javax.naming.directory.DirContext;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.Version;
import io.github.ldapkv.internal.bulk.DirectStore;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.LyingDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.DefaultTlsDirContextAuthenticationStrategy;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.ldap.core.support.ObservationContextSource;
import org.springframework.ldap.core.support.SimpleDirContextAuthenticationStrategy;
import org.springframework.ldap.transaction.compensating.manager.TransactionAwareContextSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the store finds out about a server is the same with a base and without, and asked
 * for once.
 */
@Timeout(60)
class SchemaReadingTests {

	private static final String BASE = TestDirectory.SUFFIX;

	private static final Map<String, Object> ENVIRONMENT = Map.of("com.sun.jndi.ldap.read.timeout", "2000");

	private final LyingDirectory liar = new LyingDirectory();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.liar.close();
	}

	@Test
	void theSchemaIsTheSameWithAndWithoutABase() {
		EmbeddedDirectory directory = EmbeddedDirectory.shared();
		LdapKeyValueTemplate without = new LdapKeyValueTemplate(directory.contextSource());
		LdapContextSource based = directory.contextSource(BASE);
		LdapContextSource changed = new LdapContextSource() {
			@Override
			public String getUserDn() {
				return super.getUserDn();
			}
		};
		changed.setUrls(based.getUrls());
		changed.setBase(BASE);
		changed.setUserDn(directory.userDn());
		changed.setPassword(directory.password());
		changed.afterPropertiesSet();
		LdapConnectionPool pool = directory.pool().base(BASE).build();
		for (ContextSource source : List.of(pool, based, changed, new TransactionAwareContextSourceProxy(based),
				new ObservationContextSource(based, ObservationRegistry.create()))) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(source);
			assertThat(store.getRequired("/").has("dc")).isTrue();
			assertThat(store.serverCapabilities()).as("%s", source)
				.hasToString(without.serverCapabilities().toString());
			assertThat(store.info().schema()).isEqualTo(without.contains(BASE) ? without.info().schema() : null);
			DirectorySchema schema = store.unwrap(DirectStore.class).orElseThrow().schema();
			assertThat(schema.isHidden()).isFalse();
			assertThat(schema.isSingleValued("employeeNumber")).isTrue();
			assertThat(schema.isSingleValued("cn")).isFalse();
			assertThat(schema.isServerMaintained("entryUUID")).isTrue();
		}
		pool.close();
	}

	/**
	 * Without the assertion control it takes an attribute of one value.
	 */
	@Test
	void withABaseTooAnAttributeOfOneValueCanBeWrittenOnCondition() {
		EmbeddedDirectory directory = EmbeddedDirectory.shared();
		for (ContextSource source : List.of(directory.contextSource(BASE), directory.pool().base(BASE).build())) {
			LdapKeyValueTemplate store = LdapKeyValueTemplate.builder(source)
				.serverCapabilities((server) -> ServerCapabilities.unknown().withVersionAttribute("modifyTimestamp"))
				.build();
			LdapKey key = LdapKey.of("/uid=conditional");
			store.put(key, Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "employeeNumber", "1"));
			Version version = store.getEntry(key).orElseThrow().version();
			store.ifUnchanged(version).put(key, Map.of("employeeNumber", "2"));
			assertThat(store.getRequired(key).text("employeeNumber")).contains("2");
			store.delete(key);
			store.close();
		}
	}

	@Test
	void aSyntaxThatTheServerCallsUnreadableIsOneWithABaseToo() {
		this.liar.lie(this::schemaWithOddSyntax);
		for (LdapKeyValueTemplate store : stores(this.liar)) {
			assertThat(store.get("/ou=a")).isPresent();
			assertThat(store.unwrap(DirectStore.class).orElseThrow().schema().isBinary("odd")).isTrue();
		}
	}

	private boolean schemaWithOddSyntax(LDAPMessage request, Answer answer) {
		if (!(request.getProtocolOp() instanceof SearchRequestProtocolOp search)) {
			return false;
		}
		return isSchema(search, answer, List.of("( 1.2.2 NAME 'odd' SYNTAX 1.2.1 )"),
				List.of("( 1.2.1 DESC 'x' X-NOT-HUMAN-READABLE 'TRUE' )"));
	}

	@Test
	void aSchemaThatGoesRoundInCirclesIsReadWithoutThem() {
		this.liar.lie((request,
				answer) -> request.getProtocolOp() instanceof SearchRequestProtocolOp search && isSchema(
						search, answer, List.of("( 1.1 NAME 'a' SUP b )", "( 1.2 NAME 'b' SUP a )",
								"( 1.3 NAME 'c' SUP c )", "( 1.4 NAME 'd' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )"),
						List.of()));
		for (LdapKeyValueTemplate store : stores(this.liar)) {
			assertThat(store.get("/ou=a")).isPresent();
			assertThat(store.info().schema().attributeTypes()).isEqualTo(1);
		}
	}

	private static boolean isSchema(SearchRequestProtocolOp search, Answer answer, List<String> types,
			List<String> syntaxes) {
		try {
			if (search.getAttributes().contains("subschemaSubentry")) {
				answer.send(
						new SearchResultEntryProtocolOp("", List.of(new Attribute("subschemaSubentry", "cn=schema"))));
			}
			else if (search.getBaseDN().equals("cn=schema")) {
				answer.send(new SearchResultEntryProtocolOp("cn=schema",
						List.of(new Attribute("attributeTypes", types), new Attribute("ldapSyntaxes", syntaxes))));
			}
			else {
				return false;
			}
			answer.result(0, "");
			return true;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void whatIsMissingIsAskedForOnce() {
		missing("no root DSE", (search) -> search.getBaseDN().isEmpty(), 50);
		missing("no answer of the root DSE", (search) -> search.getBaseDN().isEmpty(), 0);
		missing("no subschemaSubentry", (search) -> search.getAttributes().contains("subschemaSubentry"), 0);
		missing("subschemaSubentry may not be read", (search) -> search.getAttributes().contains("subschemaSubentry"),
				50);
		missing("no schema", (search) -> search.getAttributes().contains("attributeTypes"), 32);
		missing("a schema that may not be read", (search) -> search.getAttributes().contains("attributeTypes"), 50);
		missing("no base", (search) -> search.getBaseDN().contains("dc=org"), 32);
	}

	private void missing(String what, Predicate<SearchRequestProtocolOp> hidden, int code) {
		this.liar.lie((request, answer) -> {
			if (request.getProtocolOp() instanceof SearchRequestProtocolOp search) {
				this.requests.add(search.getBaseDN() + " " + search.getAttributes());
				if (hidden.test(search)) {
					answer.result(code, "");
					return true;
				}
			}
			return false;
		});
		for (LdapKeyValueTemplate store : stores(this.liar)) {
			store.get("/ou=a");
			this.requests.clear();
			store.get("/ou=a");
			store.get("/ou=a");
			assertThat(this.requests).as("%s, base '%s'", what, store.base()).hasSize(2);
			store.close();
		}
	}

	@Test
	void noConnectionStaysOpen() {
		int before = this.liar.connections();
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(source(new LdapContextSource()));
		for (int i = 0; i < 3; i++) {
			store.get("/ou=a");
		}
		assertThat(this.liar.connections() - before).isEqualTo(4);
		await(0);
		LdapConnectionPool pool = LdapConnectionPool.builder(List.of(this.liar.url())).base("dc=org").build();
		new LdapKeyValueTemplate(pool).get("/ou=a");
		await(1);
		pool.close();
		await(0);
	}

	/**
	 * The server closes its end when it has read the last of the client.
	 */
	private void await(int open) {
		assertThat(this.liar.openWithin(Duration.ofSeconds(5), open)).isEqualTo(open);
	}

	@Test
	void anOddWayToAuthenticateIsUsedForEachConnection() {
		AtomicInteger set = new AtomicInteger();
		AtomicInteger processed = new AtomicInteger();
		LdapContextSource source = new LdapContextSource();
		source.setAuthenticationStrategy(new SimpleDirContextAuthenticationStrategy() {
			@Override
			public void setupEnvironment(Hashtable<String, Object> env, String userDn, String password) {
				super.setupEnvironment(env, userDn, password);
				assertThat(env).containsEntry("com.sun.jndi.ldap.read.timeout", "2000");
				set.incrementAndGet();
			}

			@Override
			public DirContext processContextAfterCreation(DirContext ctx, String userDn, String password) {
				processed.incrementAndGet();
				return super.processContextAfterCreation(ctx, userDn, password);
			}
		});
		new LdapKeyValueTemplate(source(source)).get("/ou=a");
		assertThat(set).hasValue(2);
		assertThat(processed).hasValue(2);
		assertThat(this.liar.connections()).isEqualTo(2);
	}

	@Test
	void whoStartsTlsIsNeverAskedInClear() {
		this.liar.lie((request, answer) -> {
			if (request.getProtocolOp() instanceof SearchRequestProtocolOp search) {
				this.requests.add(search.getBaseDN());
			}
			return false;
		});
		LdapContextSource source = new LdapContextSource();
		source.setAuthenticationStrategy(new DefaultTlsDirContextAuthenticationStrategy());
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(source(source));
		assertThatException().isThrownBy(() -> store.get("/ou=a"));
		assertThatException().isThrownBy(() -> RootConnection.open(source));
		assertThat(this.requests).isEmpty();
	}

	@Test
	void aSourceThatOpensConnectionsInItsOwnWayKeepsTheServerUnknown() {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(ServerReader.class);
		logger.addAppender(log);
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(source(new LdapContextSource() {
			@Override
			public DirContext getReadOnlyContext() {
				return super.getReadOnlyContext();
			}
		}));
		for (int i = 0; i < 3; i++) {
			assertThat(store.get("/ou=a")).isPresent();
		}
		store.put("/ou=a", Map.of("description", "x"));
		logger.detachAppender(log);
		assertThat(store.info().schema().readable()).isFalse();
		assertThat(this.liar.connections()).isEqualTo(4);
		List<String> warnings = new ArrayList<>();
		log.list.stream()
			.map(ILoggingEvent::getFormattedMessage)
			.filter((text) -> text.contains("has a base"))
			.forEach(warnings::add);
		assertThat(warnings).singleElement().satisfies((text) -> assertThat(text).contains(".base("));
	}

	private LdapContextSource source(LdapContextSource source) {
		source.setUrl(this.liar.url());
		source.setBase("dc=org");
		source.setUserDn("cn=admin");
		source.setPassword("s3cret");
		source.setBaseEnvironmentProperties(ENVIRONMENT);
		source.afterPropertiesSet();
		return source;
	}

	private List<LdapKeyValueTemplate> stores(LyingDirectory directory) {
		LdapContextSource root = source(new LdapContextSource());
		root.setBase("");
		root.afterPropertiesSet();
		return List.of(LdapKeyValueTemplate.builder(root).base("dc=org").build(),
				new LdapKeyValueTemplate(source(new LdapContextSource())),
				new LdapKeyValueTemplate(LdapConnectionPool.builder(List.of(directory.url())).base("dc=org").build()));
	}

}
