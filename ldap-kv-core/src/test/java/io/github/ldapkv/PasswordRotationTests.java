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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ldapkv.pool.CloseReason;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.PoolListener;
import io.github.ldapkv.pool.PoolRole;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.ldap.core.AuthenticationSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The password of an account is changed while the application works, as
 * {@code docs/operations.md} says, and no call fails.
 */
@Timeout(120)
class PasswordRotationTests {

	private static final String ACCOUNT = "cn=store," + TestDirectory.SUFFIX;

	private static final LdapKey AREA = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "load");

	private static final Duration MAX_AGE = Duration.ofMillis(500);

	@Test
	void noCallFailsWhileTheServerAcceptsBothPasswords() throws Exception {
		try (OpenLdapContainer server = new OpenLdapContainer()) {
			server.start();
			try (LdapConnectionPool administration = server.pool().build()) {
				LdapKeyValueTemplate administrator = new LdapKeyValueTemplate(administration);
				addAccount(server, administrator);
				rotate(server, administrator);
			}
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class).isThrownBy(() -> get(server, "old"));
		}
	}

	private static void addAccount(OpenLdapContainer server, LdapKeyValueTemplate administrator) {
		server.configure("dn: olcDatabase={1}mdb,cn=config", "changetype: modify", "replace: olcAccess",
				"olcAccess: to attrs=userPassword by anonymous auth by * none",
				"olcAccess: to * by dn.exact=\"" + ACCOUNT + "\" write by * none");
		administrator.put(ACCOUNT,
				Map.of("objectClass", List.of("organizationalRole", "simpleSecurityObject"), "userPassword", "old"));
		administrator.put(AREA, Map.of("objectClass", "organizationalUnit"));
	}

	private static void rotate(OpenLdapContainer server, LdapKeyValueTemplate administrator)
			throws InterruptedException {
		AtomicReference<String> password = new AtomicReference<>("old");
		Events events = new Events();
		try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(server.url()))
			.authenticationSource(new Account(password))
			.maxAge(MAX_AGE)
			.build()) {
			pool.addListener(events);
			SteadyLoad load = new SteadyLoad(new LdapKeyValueTemplate(pool), AREA);
			load.awaitSuccesses(1000);
			administrator.patch(ACCOUNT, (account) -> account.add("userPassword", "new"));
			load.awaitSuccesses(1000);
			password.set("new");
			// No connection that was bound with the old one is used any more.
			Thread.sleep(2 * MAX_AGE.toMillis());
			administrator.patch(ACCOUNT, (account) -> account.remove("userPassword", "old"));
			int bound = events.accepted.get();
			Thread.sleep(2 * MAX_AGE.toMillis());
			load.awaitSuccesses(1000);
			assertThat(load.stop()).as("threads stuck").isZero();
			assertThat(load.failures()).isEmpty();
			assertThat(events.refused).as("binds refused").hasValue(0);
			assertThat(events.accepted).as("binds with the new password").hasValueGreaterThan(bound);
			assertThat(events.aged).as("connections that ended at max-age").hasPositiveValue();
		}
	}

	private static void get(OpenLdapContainer server, String password) {
		try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(server.url()))
			.user(ACCOUNT, password)
			.build()) {
			new LdapKeyValueTemplate(pool).get(AREA);
		}
	}

	private record Account(AtomicReference<String> password) implements AuthenticationSource {

		@Override
		public String getPrincipal() {
			return ACCOUNT;
		}

		@Override
		public String getCredentials() {
			return this.password.get();
		}

	}

	private static final class Events implements PoolListener {

		private final AtomicInteger accepted = new AtomicInteger();

		private final AtomicInteger refused = new AtomicInteger();

		private final AtomicInteger aged = new AtomicInteger();

		@Override
		public void bound(PoolRole role, Duration took, BindOutcome outcome) {
			((outcome == BindOutcome.ACCEPTED) ? this.accepted : this.refused).incrementAndGet();
		}

		@Override
		public void closed(PoolRole role, CloseReason reason) {
			if (reason == CloseReason.AGE) {
				this.aged.incrementAndGet();
			}
		}

	}

}
