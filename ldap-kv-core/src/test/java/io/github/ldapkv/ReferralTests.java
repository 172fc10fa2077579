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

package io.github.ldapkv;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;

import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.UnbindRequestProtocolOp;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.LdapConnectionPoolBuilder;
import io.github.ldapkv.testserver.LyingDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A referral is never followed, whatever the environment says: who follows it sends the
 * password to whom the server names.
 */
@Timeout(60)
class ReferralTests {

	private static final String KEY = "/dc=org/ou=a";

	private static final Map<String, Object> FOLLOW = Map.of(Context.REFERRAL, "follow");

	private final LyingDirectory directory = new LyingDirectory();

	private final LyingDirectory elsewhere = new LyingDirectory();

	@AfterEach
	void stop() {
		this.directory.close();
		this.elsewhere.close();
	}

	@Test
	void oneThatAnswersTheBindIsAnError() {
		refer((request) -> request.getProtocolOp() instanceof BindRequestProtocolOp);
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool().build())) {
			isRefused(store);
		}
	}

	@Test
	void oneThatAnswersTheBindOfAnAccountThatIsAskedForIsAnError() {
		refer((request) -> request.getProtocolOp() instanceof BindRequestProtocolOp);
		try (LdapConnectionPool pool = pool().build()) {
			assertThat(catchThrowable(() -> pool.getContext("cn=other", "0ther"))).isNotNull();
		}
		assertThat(this.elsewhere.connections()).isZero();
	}

	@Test
	void oneThatAnswersEachSearchIsAnError() {
		refer((request) -> request.getProtocolOp() instanceof SearchRequestProtocolOp);
		for (String base : List.of("", "dc=org")) {
			try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool().base(base).build())) {
				isRefused(store);
			}
		}
	}

	@Test
	void oneThatAnswersWhatIsAskedOfTheServerItselfIsNotFollowed() {
		for (String base : List.of("", "dc=org")) {
			refer(ReferralTests::asksForTheServer);
			try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool().base(base).build())) {
				assertThat(store.get(KEY)).isPresent();
				store.put(KEY, Map.of("description", "x"));
			}
			LdapKeyValueTemplate onSource = new LdapKeyValueTemplate(source(base));
			assertThat(onSource.get(KEY)).isPresent();
			onSource.put(KEY, Map.of("description", "x"));
		}
		assertThat(this.elsewhere.connections()).isZero();
	}

	/**
	 * Its bind is its own: it happens before the store has the connection.
	 */
	@Test
	void oneThatAnswersACallOnTheContextSourceOfSomebodyElseIsAnError() throws NamingException {
		refer((request) -> !(request.getProtocolOp() instanceof BindRequestProtocolOp
				|| request.getProtocolOp() instanceof UnbindRequestProtocolOp));
		for (String base : List.of("", "dc=org")) {
			LdapContextSource source = source(base);
			isRefused(new LdapKeyValueTemplate(source));
			DirContext context = source.getReadOnlyContext();
			assertThat(context.getEnvironment().get(Context.REFERRAL)).isEqualTo("follow");
			context.close();
		}
	}

	private void isRefused(LdapKeyValueTemplate store) {
		for (Runnable call : List.<Runnable>of(() -> store.get(KEY), () -> store.query("/dc=org/*"),
				() -> store.put(KEY, Map.of("description", "x")), () -> store.delete(KEY),
				() -> store.serverCapabilities())) {
			assertThat(catchThrowable(call::run)).satisfiesAnyOf((ex) -> assertThat(ex).isNull(),
					(ex) -> assertThat(ex).hasMessageContaining("referral (10)"));
		}
		assertThat(catchThrowable(() -> store.get(KEY))).hasMessageContaining("referral (10)");
		assertThat(this.elsewhere.connections()).isZero();
	}

	private void refer(Predicate<LDAPMessage> which) {
		this.directory.lie((request, answer) -> {
			boolean refer = which.test(request);
			if (refer) {
				answer.result(10, "", this.elsewhere.url() + "/dc=org");
			}
			return refer;
		});
	}

	private static boolean asksForTheServer(LDAPMessage request) {
		return request.getProtocolOp() instanceof SearchRequestProtocolOp search
				&& (search.getBaseDN().isEmpty() || LyingDirectory.Lie.asksFor(request, "subschemaSubentry"));
	}

	private LdapConnectionPoolBuilder pool() {
		return LdapConnectionPool.builder(List.of(this.directory.url())).user("cn=admin", "s3cret");
	}

	private LdapContextSource source(String base) {
		LdapContextSource source = new LdapContextSource();
		source.setUrl(this.directory.url());
		source.setBase(base);
		source.setUserDn("cn=admin");
		source.setPassword("s3cret");
		source.setBaseEnvironmentProperties(FOLLOW);
		source.afterPropertiesSet();
		return source;
	}

}
