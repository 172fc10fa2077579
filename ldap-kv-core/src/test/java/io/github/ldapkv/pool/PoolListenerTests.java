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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a pool tells its listeners.
 */
class PoolListenerTests {

	private static final LdapKey BASE = LdapKey.of("/" + TestDirectory.SUFFIX);

	private final List<String> heard = new CopyOnWriteArrayList<>();

	private LdapConnectionPool listenedTo(LdapConnectionPoolBuilder builder) {
		LdapConnectionPool pool = builder.build();
		pool.addListener(new Notes());
		return pool;
	}

	@Test
	void aCallThatOpensAConnectionAndOneThatFindsIt() {
		try (EmbeddedDirectory server = new EmbeddedDirectory();
				LdapConnectionPool pool = listenedTo(server.poolAt(server.url()))) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.serverCapabilities();
			assertThat(this.heard).startsWith("ALL connected true", "ALL bound ACCEPTED", "ALL acquired true",
					"ALL answered");
			this.heard.clear();
			store.contains(BASE);
			assertThat(this.heard).containsExactly("ALL acquired true", "ALL answered");
			this.heard.clear();
			pool.close();
			assertThat(this.heard).containsExactly("ALL closed POOL");
		}
	}

	@Test
	void theResultsOfASearchAreOneAnswer() {
		try (EmbeddedDirectory server = new EmbeddedDirectory();
				LdapConnectionPool pool = listenedTo(server.poolAt(server.url()))) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.createParents(BASE.child("ou", "a").child("ou", "b").child("ou", "c"));
			this.heard.clear();
			assertThat(store.keys(KeyQuery.of(BASE + "/**"))).hasSizeGreaterThan(1);
			assertThat(this.heard).containsExactly("ALL acquired true", "ALL answered");
		}
	}

	@Test
	void readsAndWritesAreToldApart() {
		try (EmbeddedDirectory server = new EmbeddedDirectory();
				LdapConnectionPool pool = listenedTo(server.poolAt(server.url()).readUrls(List.of(server.url())))) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.contains(BASE);
			assertThat(this.heard).isNotEmpty().allMatch((event) -> event.startsWith("READ "));
			this.heard.clear();
			store.delete(BASE.child("ou", "none"));
			assertThat(this.heard).isNotEmpty().allMatch((event) -> event.startsWith("WRITE "));
		}
	}

	@Test
	void aRefusedAccountAndADeadServer() {
		try (EmbeddedDirectory server = new EmbeddedDirectory();
				LdapConnectionPool pool = listenedTo(
						LdapConnectionPool.builder(List.of(server.url())).user(server.userDn(), "wrong"))) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.get(BASE));
			assertThat(this.heard).containsExactly("ALL connected true", "ALL bound REFUSED", "ALL acquired false");
			this.heard.clear();
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.get(BASE));
			assertThat(this.heard).as("nothing was offered").containsExactly("ALL acquired false");
		}
		this.heard.clear();
		TcpProxy nobody = new TcpProxy("localhost", 1);
		nobody.close();
		try (LdapConnectionPool pool = listenedTo(LdapConnectionPool.builder(List.of(nobody.url())))) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.get(BASE));
			assertThat(this.heard).containsExactly("ALL connected false", "ALL acquired false");
		}
	}

	@Test
	void aBrokenConnectionAndTheNextTry() {
		try (EmbeddedDirectory server = new EmbeddedDirectory();
				TcpProxy proxy = new TcpProxy(server.host(), server.port());
				LdapConnectionPool pool = listenedTo(server.poolAt(proxy.url()))) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.contains(BASE);
			this.heard.clear();
			proxy.cut();
			assertThat(store.contains(BASE)).isTrue();
			assertThat(this.heard).contains("ALL retried", "ALL closed BROKEN", "ALL connected true");
		}
	}

	@Test
	void aConnectionThatIsTooOldOrIdleForTooLong() {
		try (EmbeddedDirectory server = new EmbeddedDirectory();
				LdapConnectionPool pool = listenedTo(server.poolAt(server.url()).maxAge(Duration.ofMillis(1)))) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.contains(BASE);
			store.contains(BASE);
			assertThat(this.heard).contains("ALL closed AGE");
		}
	}

	@Test
	void aListenerThatFailsFailsNobodyElseAndIsOneLine() {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(PoolEvents.class);
		logger.addAppender(log);
		try (EmbeddedDirectory server = new EmbeddedDirectory();
				LdapConnectionPool pool = server.poolAt(server.url()).build()) {
			pool.addListener(new PoolListener() {

				@Override
				public void acquired(PoolRole role, Duration waited, boolean given) {
					throw new IllegalStateException("A listener fails");
				}

			});
			pool.addListener(new Notes());
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			assertThat(store.contains(BASE)).isTrue();
			assertThat(store.contains(BASE)).isTrue();
			assertThat(this.heard).filteredOn("ALL acquired true"::equals).hasSizeGreaterThan(1);
		}
		finally {
			logger.detachAppender(log);
		}
		assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
			.singleElement()
			.asString()
			.endsWith("has failed, which changes nothing else");
	}

	private final class Notes implements PoolListener {

		private void note(PoolRole role, String event) {
			PoolListenerTests.this.heard.add(role + " " + event);
		}

		@Override
		public void acquired(PoolRole role, Duration waited, boolean given) {
			assertThat(waited).isPositive();
			note(role, "acquired " + given);
		}

		@Override
		public void connected(PoolRole role, Duration took, boolean connected) {
			assertThat(took).isPositive();
			note(role, "connected " + connected);
		}

		@Override
		public void bound(PoolRole role, Duration took, BindOutcome outcome) {
			assertThat(took).isPositive();
			note(role, "bound " + outcome);
		}

		@Override
		public void answered(PoolRole role, Duration took) {
			assertThat(took).isPositive();
			note(role, "answered");
		}

		@Override
		public void closed(PoolRole role, CloseReason reason) {
			note(role, "closed " + reason);
		}

		@Override
		public void retried(PoolRole role) {
			note(role, "retried");
		}

		@Override
		public void outcomeUnknown(PoolRole role) {
			note(role, "outcome unknown");
		}

	}

}
