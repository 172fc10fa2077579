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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.unboundid.ldap.sdk.PLAINBindRequest;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.ldap.AuthenticationException;
import org.springframework.ldap.core.AuthenticationSource;
import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * As whom the connections of a pool bind.
 */
@Timeout(60)
class AccountTests {

	private static final EmbeddedDirectory DIRECTORY = EmbeddedDirectory.shared();

	private static final LdapKey BASE = LdapKey.of("/" + TestDirectory.SUFFIX);

	@Test
	void theAccountOfAnotherContextSourceIsNotSaidToBeMissing() {
		LdapContextSource application = new LdapContextSource();
		application.setUrl(DIRECTORY.url());
		application.setUserDn(DIRECTORY.userDn());
		application.setPassword(DIRECTORY.password());
		application.afterPropertiesSet();
		Logger logger = (Logger) LoggerFactory.getLogger("org.springframework.ldap");
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.setLevel(Level.INFO);
		logger.addAppender(log);
		try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(DIRECTORY.url()))
			.authenticationSource(application.getAuthenticationSource())
			.build()) {
			assertThat(new LdapKeyValueTemplate(pool).contains(BASE)).isTrue();
		}
		finally {
			logger.detachAppender(log);
			logger.setLevel(null);
		}
		assertThat(log.list).isEmpty();
	}

	@Test
	void aBindRequestOfOnesOwnTakesThePlaceOfTheAccount() {
		try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(DIRECTORY.url()))
			.user("cn=nobody", "wr0ng")
			.bindRequest(() -> new PLAINBindRequest("dn:" + DIRECTORY.userDn(), DIRECTORY.password()))
			.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.put(BASE, Map.of("description", "by SASL"));
			assertThat(store.getRequired(BASE).text("description")).contains("by SASL");
			assertThatExceptionOfType(AuthenticationException.class)
				.isThrownBy(() -> pool.getContext(DIRECTORY.userDn(), "wr0ng"));
		}
		LdapConnectionPoolBuilder both = LdapConnectionPool.builder(List.of("ldaps://localhost"))
			.bindRequest(() -> new PLAINBindRequest("dn:cn=x", "y"))
			.externalBind(true);
		assertThatIllegalArgumentException().isThrownBy(both::build).withMessageContaining("bind request");
	}

	@Test
	void anAccountThatCannotBeHadIsNeitherAClosedPoolNorOneInUse() {
		for (RuntimeException failure : List.of(new IllegalStateException("The vault is sealed"),
				new NoSuchElementException("No such secret"), new UncheckedIOException(new IOException("No file")))) {
			try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(DIRECTORY.url()))
				.authenticationSource(new NoAccount(failure))
				.build()) {
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
				assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> store.get(BASE))
					.withMessageContaining(failure.getMessage())
					.withMessageContaining("account")
					.withCause(failure);
				assertThat(pool.statistics().active()).isZero();
			}
		}
	}

	private record NoAccount(RuntimeException failure) implements AuthenticationSource {

		@Override
		public String getPrincipal() {
			throw this.failure;
		}

		@Override
		public String getCredentials() {
			throw this.failure;
		}

	}

}
