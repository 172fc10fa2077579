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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.LdapConnectionPoolBuilder;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * No password is written anywhere: not to a log at any level, not into an exception, not
 * by a {@code toString}.
 */
class SecretsTests {

	private static final String SECRET = "s3cr3t-v4lue";

	private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private OpenLdapContainer server;

	private Level level;

	@BeforeEach
	void listen() {
		this.server = new OpenLdapContainer().withEnv("LDAP_ADMIN_PASSWORD", SECRET);
		this.server.start();
		this.level = this.root.getLevel();
		this.log.start();
		this.root.addAppender(this.log);
		for (String name : List.of("io.github.ldapkv", "org.springframework", "org.apache.commons", "com.unboundid")) {
			((Logger) LoggerFactory.getLogger(name)).setLevel(Level.TRACE);
		}
	}

	@AfterEach
	void stopListening() {
		for (String name : List.of("io.github.ldapkv", "org.springframework", "org.apache.commons", "com.unboundid")) {
			((Logger) LoggerFactory.getLogger(name)).setLevel(null);
		}
		this.root.detachAppender(this.log);
		this.root.setLevel(this.level);
		this.server.stop();
	}

	@Test
	void noPasswordIsWrittenAnywhere() {
		LdapConnectionPoolBuilder builder = LdapConnectionPool.builder(List.of(this.server.url()))
			.user(this.server.userDn(), SECRET);
		LdapKey key = LdapKey.of("/" + TestDirectory.SUFFIX).child("uid", "jdoe");
		Map<String, Object> person = Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "userPassword",
				SECRET);
		try (LdapConnectionPool pool = builder.build()) {
			LdapKeyValueTemplate store = new LdapKeyValueTemplate(pool);
			store.put(key, person);
			assertThat(store.getRequired(key).text("userPassword")).contains(SECRET);
			assertNotIn(store, pool, builder, store.getRequired(key), store.query(key.toString()), LdapValue.of(person),
					store.getRequired(key).toBuilder());
			assertFails(() -> store.put(key, Map.of("userPassword", SECRET, "noSuchAttribute", SECRET.length())));
			assertFails(() -> store.put(key, Map.of("userPassword", Map.of("a", SECRET))));
			assertFails(() -> store.putIfAbsent(key.child("cn", "x").child("cn", "y"), person));
			assertFails(() -> store.put(key, Map.of("userPassword", SECRET, "c", "not a country")));
		}
		for (String password : List.of(SECRET + "x", SECRET)) {
			try (LdapConnectionPool pool = LdapConnectionPool.builder(List.of(this.server.url()))
				.user("cn=none," + TestDirectory.SUFFIX, password)
				.build()) {
				assertFails(() -> new LdapKeyValueTemplate(pool).get(key));
			}
		}
		this.server.stop();
		try (LdapConnectionPool pool = builder.build()) {
			assertFails(() -> new LdapKeyValueTemplate(pool).put(key, person));
		}
		assertThat(this.log.list).isNotEmpty();
		for (ILoggingEvent event : this.log.list) {
			assertNotIn(event.getFormattedMessage());
			if (event.getThrowableProxy() != null) {
				assertNotIn(ThrowableProxyUtil.asString(event.getThrowableProxy()));
			}
		}
	}

	private static void assertFails(Runnable code) {
		Throwable failure = catchThrowable(code::run);
		assertThat(failure).isInstanceOfAny(DataAccessException.class, IllegalArgumentException.class);
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		assertNotIn(trace);
	}

	private static void assertNotIn(Object... shown) {
		for (Object object : shown) {
			assertThat(object.toString()).doesNotContain(SECRET);
		}
	}

}
