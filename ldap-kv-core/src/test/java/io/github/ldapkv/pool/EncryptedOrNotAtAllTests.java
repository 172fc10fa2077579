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

import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import javax.naming.Context;
import javax.net.ssl.SSLContext;

import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.LyingDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.ldap.core.support.SimpleDirContextAuthenticationStrategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is to be encrypted is encrypted, or not sent. The server would take it in clear
 * text.
 */
@Timeout(60)
class EncryptedOrNotAtAllTests {

	private static final String KEY = "/dc=org/ou=a";

	private final LyingDirectory directory = new LyingDirectory();

	@AfterEach
	void stop() {
		this.directory.close();
	}

	@Test
	void nothingIsSentWithoutTheSslContext() {
		isNotSent(() -> null, "no SSL context");
	}

	@Test
	void nothingIsSentIfWhatGivesTheSslContextFails() {
		isNotSent(() -> {
			throw new IllegalStateException("The vault is sealed");
		}, "The vault is sealed");
	}

	private void isNotSent(Supplier<SSLContext> trust, String words) {
		for (LdapConnectionPoolBuilder builder : List.of(
				LdapConnectionPool.builder(List.of(this.directory.url().replace("ldap:", "ldaps:"))),
				LdapConnectionPool.builder(List.of(this.directory.url())).startTls(true))) {
			try (LdapConnectionPool pool = builder.user("cn=admin", "s3cret").sslContext(trust).build()) {
				LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
				assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(() -> store.get(KEY))
					.withMessageContaining(words);
				assertThatExceptionOfType(DataAccessResourceFailureException.class)
					.isThrownBy(() -> pool.getContext("cn=other", "0ther"))
					.withMessageContaining(words);
			}
		}
		assertThat(this.directory.connections()).isZero();
	}

	@Test
	void anSslContextWithoutTlsIsRefused() {
		LdapConnectionPoolBuilder builder = LdapConnectionPool.builder(List.of(this.directory.url()))
			.sslContext(() -> null);
		assertThatIllegalArgumentException().isThrownBy(builder::build)
			.withMessageContaining("ldaps://")
			.withMessageContaining("StartTLS");
	}

	/**
	 * The strategy of somebody else starts TLS before it sends the password, say.
	 */
	@Test
	void thePasswordOfAContextSourceOfSomebodyElseIsForItAloneToSend() {
		AtomicBoolean sent = new AtomicBoolean();
		this.directory.lie((request, answer) -> {
			sent.compareAndSet(false, request.getProtocolOp() instanceof BindRequestProtocolOp bind
					&& bind.getBindDN().contains("admin"));
			if (request.getProtocolOp() instanceof SearchRequestProtocolOp search
					&& search.getAttributes().contains("subschemasubentry")) {
				answer.result(32, "");
				return true;
			}
			return false;
		});
		LdapContextSource source = new LdapContextSource();
		source.setUrl(this.directory.url());
		source.setBase("dc=org");
		source.setUserDn("cn=admin");
		source.setPassword("s3cret");
		source.setAuthenticationStrategy(new SendingNothing());
		source.afterPropertiesSet();
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(source);
		assertThat(store.get("/ou=a")).isPresent();
		assertThat(store.serverCapabilities().server()).contains("Liar");
		assertThat(sent).isFalse();
	}

	private static final class SendingNothing extends SimpleDirContextAuthenticationStrategy {

		@Override
		public void setupEnvironment(Hashtable<String, Object> environment, String userDn, String password) {
			environment.put(Context.SECURITY_AUTHENTICATION, "none");
		}

	}

}
