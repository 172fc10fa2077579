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

package io.github.ldapkv.autoconfigure.diagnostics;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.autoconfigure.Properties;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application says that cannot start because of its directory.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTests {

	private static final String CHECK = "ldapkv.check-on-startup=true";

	@Test
	void aServerThatIsAway(CapturedOutput output) {
		fail(Application.class, Properties.of(EmbeddedDirectory.shared(), "ldap://localhost:1"), CHECK);
		assertThat(report(output)).contains("no server answers: localhost:1", "Check that the server runs",
				"'spring.ldap.urls'", "'ldapkv.check-on-startup'");
	}

	@Test
	void aServerOfTheStoresOwnThatIsAway(CapturedOutput output) {
		fail(QueryingAtTheStart.class, "ldapkv.urls=ldap://no-such-host.invalid");
		assertThat(report(output)).contains("No such host is known", "'ldapkv.urls'");
	}

	@Test
	void aWrongPassword(CapturedOutput output) {
		fail(QueryingAtTheStart.class, Properties.of(OpenLdapContainer.shared()), "spring.ldap.password=s3cret");
		assertThat(report(output)).contains("invalidCredentials (49)", "'spring.ldap.username'",
				"'spring.ldap.password'");
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void aUserNameThatIsNoDn(CapturedOutput output) {
		fail(Application.class, Properties.of(OpenLdapContainer.shared()), "spring.ldap.username=admin", CHECK);
		assertThat(report(output)).contains("invalidDNSyntax (34)", "'spring.ldap.username' is a full DN");
	}

	@Test
	void whatActiveDirectoryMeansByItsRefusal(CapturedOutput output) throws LDAPException {
		Map<String, String> meanings = Map.of("52e", "password is wrong", "533", "account is disabled", "775",
				"account is locked");
		for (Map.Entry<String, String> meaning : meanings.entrySet()) {
			InMemoryDirectoryServer server = refusing("80090308: LdapErr: DSID-0C090439, comment: "
					+ "AcceptSecurityContext error, data " + meaning.getKey() + ", v4563");
			try {
				int before = output.length();
				fail(Application.class, "spring.ldap.urls=ldap://localhost:" + server.getListenPort(),
						"spring.ldap.username=cn=app", "spring.ldap.password=any", CHECK);
				assertThat(report(output, before)).contains(meaning.getValue(), "'spring.ldap.username'");
			}
			finally {
				server.shutDown(true);
			}
		}
	}

	@Test
	void aCertificateThatIsNotTrusted(CapturedOutput output) {
		try (OpenLdapContainer server = new OpenLdapContainer().withTls()) {
			server.start();
			fail(Application.class, Properties.of(server, server.tlsUrl()), CHECK);
			assertThat(report(output)).contains("certification path", "does not trust the certificate",
					"ldapkv.ssl.bundle=directory");
		}
	}

	@Test
	void aPortThatSpeaksNoTls(CapturedOutput output) {
		EmbeddedDirectory server = EmbeddedDirectory.shared();
		fail(Application.class, Properties.of(server, server.url().replace("ldap:", "ldaps:")), CHECK);
		assertThat(report(output)).contains("Action:", "TLS");
	}

	@Test
	void aUserNameWithoutAPassword(CapturedOutput output) {
		fail(Application.class, "spring.ldap.username=cn=admin", "spring.ldap.password=");
		assertThat(report(output)).contains("spring.ldap.password", "A user name needs a password", "anonymous");
	}

	@Test
	void aBaseInAUrl(CapturedOutput output) {
		EmbeddedDirectory server = EmbeddedDirectory.shared();
		fail(Application.class, Properties.of(server, server.url() + "/" + TestDirectory.SUFFIX), CHECK);
		assertThat(report(output)).contains("'spring.ldap.urls'", "has a DN in it", "base");
	}

	@Test
	void aBaseThatIsAPath(CapturedOutput output) {
		fail(Application.class, Properties.of(EmbeddedDirectory.shared()), "spring.ldap.base=/dc=org/dc=test");
		assertThat(report(output)).contains("'spring.ldap.base' is '/dc=org/dc=test'",
				"as a DN, from the leaf to the root: dc=test,dc=org");
	}

	@Test
	void aBaseThatIsNoDn(CapturedOutput output) {
		Map<String, String> remedies = Map.of("\"dc=test,dc=org\"", "without them: dc=test,dc=org.", "'dc=test,dc=org'",
				"without them: dc=test,dc=org.", "test.org", "as a DN: dc=test,dc=org.", "dc=test,dc=org,",
				"without: dc=test,dc=org.", "${ldap.base}", "placeholder", "ldap://localhost/dc=test,dc=org",
				"is a URL");
		remedies.forEach((base, remedy) -> {
			for (String property : new String[] { "spring.ldap.base", "ldapkv.base" }) {
				int before = output.length();
				fail(Application.class, property + "=" + base, "spring.ldap.urls=ldap://localhost");
				assertThat(report(output, before)).as(base).contains(property, remedy);
			}
		});
	}

	@Test
	void whatIsNoUrlOfAServer(CapturedOutput output) {
		Map<String, String> reasons = Map.of("ldap://a ldap://b", "has a blank in it", "ldap://a?uid", "has more in it",
				"ldap://${no.such.host}:389", "placeholder", "ldap://my_ldap", "underscore", "ldap://", "names no host",
				"ldap:///", "names no host");
		reasons.forEach((url, reason) -> {
			for (String property : new String[] { "spring.ldap.urls", "ldapkv.urls", "ldapkv.read-urls" }) {
				int before = output.length();
				fail(Application.class, property + "=" + url);
				assertThat(report(output, before)).as(url).contains("'" + property + "'", reason);
			}
		});
	}

	@Test
	void whatDoesNotGoWithTheRest(CapturedOutput output) {
		Map<String, String[]> settings = Map.of("ldapkv.pool.min-idle", new String[] { "ldapkv.pool.min-idle=9" },
				"ldapkv.start-tls", new String[] { "ldapkv.start-tls=true", "spring.ldap.urls=ldaps://localhost" },
				"ldapkv.ssl.external-bind", new String[] { "ldapkv.ssl.external-bind=true" }, "ldapkv.read-urls",
				new String[] { "ldapkv.read-urls=ldaps://localhost", "spring.ldap.urls=ldap://localhost" },
				"spring.ldap.urls", new String[] { "spring.ldap.urls=ldap://a,ldaps://b", "ldapkv.start-tls=true" });
		settings.forEach((culprit, properties) -> {
			int before = output.length();
			fail(Application.class, properties);
			assertThat(report(output, before)).contains("'" + culprit + "'");
		});
	}

	@Test
	void aSettingOfJndiThatWouldHaveNoEffectOnSecurity(CapturedOutput output) {
		for (String name : new String[] { "java.naming.security.protocol", "java.naming.ldap.factory.socket",
				"java.naming.security.authentication", "java.naming.security.credentials",
				"javax.security.sasl.qop" }) {
			int before = output.length();
			fail(Application.class, "spring.ldap.base-environment[" + name + "]=s3cret");
			assertThat(report(output, before)).contains("'spring.ldap.base-environment[" + name + "]'", "no effect");
		}
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void anAccountInAUrlIsNotShown(CapturedOutput output) {
		fail(Application.class, "spring.ldap.urls=ldap://admin:s3cret@localhost");
		assertThat(report(output)).contains("'spring.ldap.urls'", "has an account in it", "spring.ldap.password");
		fail(Application.class, "ldapkv.urls=ldap://admin:s3cret@localhost");
		assertThat(report(output)).contains("'ldapkv.urls'", "has an account in it", "ldapkv.password");
		for (String url : new String[] { "ldap://x:s3cret%40localhost", "ldap://x:s3cret" }) {
			for (String property : new String[] { "spring.ldap.urls", "ldapkv.urls", "ldapkv.read-urls" }) {
				int before = output.length();
				fail(Application.class, property + "=" + url);
				assertThat(report(output, before)).contains("'" + property + "'");
			}
		}
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void aPasswordOfNoDirectoryIsNotShown(CapturedOutput output) {
		fail(Application.class, "ldapkv.password=s3cret");
		assertThat(report(output)).contains("'ldapkv.password'", "'ldapkv.urls'");
		fail(Application.class, "ldapkv.urls=ldap://localhost", "ldapkv.password=s3cret");
		assertThat(report(output)).contains("ldapkv.username");
		int before = output.length();
		fail(Application.class, "spring.ldap.password=s3cret");
		assertThat(report(output, before)).contains("'spring.ldap.password'", "'spring.ldap.username'");
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void aBaseThatIsNotThere(CapturedOutput output) {
		fail(Application.class, Properties.of(EmbeddedDirectory.shared()), "spring.ldap.base=dc=elsewhere", CHECK);
		assertThat(report(output)).contains("no entry at the base of the store, 'dc=elsewhere'", "'spring.ldap.base'",
				"create that entry");
	}

	@Test
	void aBaseThatIsNotThereWhereTheStoreIsUsed(CapturedOutput output) {
		fail(QueryingAtTheStart.class, Properties.of(OpenLdapContainer.shared()), "ldapkv.base=ou=none");
		assertThat(report(output)).contains("'ldapkv.base' and 'spring.ldap.base'");
	}

	@Test
	void noBase(CapturedOutput output) {
		fail(WritingAtTheStart.class, Properties.of(OpenLdapContainer.shared()), "spring.ldap.base=");
		assertThat(report(output)).contains("Set 'spring.ldap.base' to the suffix");
	}

	@Test
	void aBaseThatIsGivenTwiceIsUnderstood() {
		try (var context = builder(QueryingAtTheStart.class, Properties.of(OpenLdapContainer.shared()), CHECK,
				"ldapkv.base=" + TestDirectory.SUFFIX)
			.run()) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void aPropertyOutOfRange(CapturedOutput output) {
		fail(Application.class, Properties.of(EmbeddedDirectory.shared()), "ldapkv.pool.max-size=0");
		assertThat(report(output)).contains("ldapkv.pool.max-size", "less than 1");
	}

	@Test
	void anApplicationStartsIfItsDirectoryAnswers() {
		try (var context = builder(QueryingAtTheStart.class, Properties.of(EmbeddedDirectory.shared()), CHECK).run()) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void withoutACheckAnApplicationStartsWithoutItsDirectory() {
		try (var context = builder(Application.class, "ldapkv.urls=ldap://localhost:1").run()) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	private static void fail(Class<?> application, String[] some, String... more) {
		fail(application, Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new));
	}

	private static void fail(Class<?> application, String... properties) {
		assertThatException().isThrownBy(() -> builder(application, properties).run());
	}

	private static SpringApplicationBuilder builder(Class<?> application, String[] some, String... more) {
		return builder(application, Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new));
	}

	private static SpringApplicationBuilder builder(Class<?> application, String... properties) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off")
			.properties(properties);
	}

	private static String report(CapturedOutput output) {
		return report(output, 0);
	}

	private static String report(CapturedOutput output, int from) {
		String all = output.getAll();
		int start = all.indexOf("APPLICATION FAILED TO START", from);
		assertThat(start).as(all).isNotNegative();
		return all.substring(start);
	}

	private static InMemoryDirectoryServer refusing(String diagnostic) throws LDAPException {
		InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(TestDirectory.SUFFIX);
		config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {

			@Override
			public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
				throw new LDAPException(ResultCode.INVALID_CREDENTIALS, diagnostic);
			}

		});
		InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
		server.startListening();
		return server;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, LdapAutoConfiguration.class,
			LdapKeyValueAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class QueryingAtTheStart {

		@Bean
		ApplicationRunner runner(LdapKeyValueOperations store) {
			return (arguments) -> store.query("/ou=*");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class WritingAtTheStart {

		@Bean
		ApplicationRunner runner(LdapKeyValueOperations store) {
			return (arguments) -> store.put("/ou=People", Map.of("objectClass", "organizationalUnit"));
		}

	}

}
