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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.pool.LdapConnectionPool;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.core.support.LdapContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is malformed is refused before anything is sent, with a message that shows it: the
 * only server there is here gets no connection, nor does any that a key may name.
 */
class BadInputTests {

	private static final Map<String, Object> PERSON = Map.of("objectClass", "person", "sn", "Doe");

	private ServerSocket server;

	private LdapKeyValueTemplate store;

	@BeforeEach
	void listen() throws IOException {
		this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		LdapContextSource source = new LdapContextSource();
		source.setUrl("ldap://localhost:" + this.server.getLocalPort());
		source.setBase("dc=test,dc=org");
		source.setUserDn("cn=admin");
		source.setPassword("secret");
		// So that a request which should not be sent fails, and does not wait.
		source.setBaseEnvironmentProperties(
				Map.of("com.sun.jndi.ldap.read.timeout", "500", "com.sun.jndi.ldap.connect.timeout", "500"));
		source.afterPropertiesSet();
		this.store = new LdapKeyValueTemplate(source);
	}

	@AfterEach
	void nothingWasSent() throws IOException {
		try (ServerSocket server = this.server) {
			server.setSoTimeout(50);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
		}
	}

	@Test
	void malformedKeysAreRefusedByEveryVerb() {
		String other = "localhost:" + this.server.getLocalPort();
		for (String key : List.of("/=x", "/dc", "dc=", "/dc=", "dc", "/dc=org/ou=a,b", "/ou=#a", "ou=a;b", "/ou=a\\",
				"/ou=\\zz", "\\", "/\\", "ldap://" + other + "/dc=org", "ldaps://" + other, "rmi://" + other + "/x",
				"rmi:", "dns:a", "/ldap://" + other, "/ou=a\0b", "/ou=\"a\"", "/ou=<a>", "ou=People/uid=jdoe",
				"/ou=People,", "/,ou=People", "/ou=a+", "/+ou=a", "/ou=a++cn=b", "/1.=x", "/1..2=x", "/-a=x", "/a b=x",
				"/ü=x")) {
			List<ThrowingCallable> calls = new ArrayList<>(verbs(key));
			calls.add(() -> this.store.getAll(List.of("/dc=org", key)));
			for (ThrowingCallable call : calls) {
				assertThatIllegalArgumentException().as(key)
					.isThrownBy(call)
					.withMessageContaining(key.replace("\0", "\\00"));
			}
		}
	}

	@Test
	void aNameThatIsNoTextIsNotComparedWithTheValue() {
		check("/dc=org/2.5.4.3=#0403666f6f", "2.5.4.3");
		assertThatIllegalArgumentException().isThrownBy(() -> check("/dc=org/cn=bar", "cn"));
	}

	private static void check(String key, String attribute) {
		DistinguishedName name = DistinguishedName.of(key);
		NamingAttributes.check(new Target(Operation.of(Verb.PUT, name, name), name),
				LdapValue.of(Map.of(attribute, "foo")), null);
	}

	@Test
	void absentKeysAreRefusedByEveryVerb() {
		List<ThrowingCallable> calls = new ArrayList<>(verbs(null));
		calls.add(() -> this.store.getAll(Collections.singletonList(null)));
		calls.addAll(verbs(""));
		for (ThrowingCallable call : calls) {
			assertThatIllegalArgumentException().isThrownBy(call).withMessageMatching("The key is (null|empty).*");
		}
	}

	/**
	 * A group may have the empty DN for a member.
	 */
	@Test
	void theEmptyNameAmongManyIsOfNoEntry() {
		assertThat(this.store.getAll(List.of(""))).isEmpty();
	}

	@Test
	void aLongKeyIsShownInPart() {
		String key = "/ou=" + "x".repeat(1_000_000);
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.get(key + "\\zz"))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1000).contains("1000004"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.get("ldap" + key))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1000));
	}

	@Test
	void whateverIsLongIsShownInPart() {
		String name = "x".repeat(50_000);
		LdapKey key = LdapKey.of("/ou=" + name);
		for (ThrowingCallable call : List.<ThrowingCallable>of(() -> LdapKey.of("/" + name + "=a+" + name + "=b"),
				() -> LdapKey.of("/" + name + "="), () -> LdapKey.of("ou=People/uid=" + name),
				() -> LdapKey.of("/ou={" + name + "}", "a", "b"), () -> LdapKey.of("/ou={" + name + "}", new Object[0]),
				() -> LdapKey.of("/ou={" + name + "}", ""), () -> LdapKey.of("/{" + name + "}", "a"),
				() -> LdapKey.of("/ou={a}" + name, "a", "b"), () -> key.child("cn", ""),
				() -> key.child("cn", "\uD800"), () -> key.child(name, ""), () -> key.child("1" + name, "a"),
				() -> KeyQuery.of("ou=People/uid=" + name), () -> KeyQuery.of("/" + name + "=a+" + name + "=b"),
				() -> KeyQuery.of("/" + name), () -> this.store.put(key, Map.of(name, key)),
				() -> this.store.put(key, Collections.singletonMap(name, null)),
				() -> this.store.put(key, Map.of(name, "\uD800")))) {
			assertThatIllegalArgumentException().isThrownBy(call)
				.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(2000));
		}
	}

	@Test
	void namesThatAreNoAttributeDescriptionsAreRefused() {
		for (String name : List.of("", " ", "cn)(|(a=*", "a b", "cn=", "1", "1.", ".1", "cn;", ";lang-de", "cn;lang_de",
				"cn\0", "ü", "-cn", "cn\n", "2.5.04.3")) {
			assertThatIllegalArgumentException().as(name)
				.isThrownBy(() -> this.store.put("/cn=a", Map.of(name, "x")))
				.withMessageContaining("'" + name.replace("\0", "\\00").replace("\n", "\\0A") + "'");
			assertThatIllegalArgumentException().as(name)
				.isThrownBy(() -> KeyQuery.of("/**").attributes(name))
				.withMessageContaining("ttribute");
		}
		Map<String, Object> unnamed = new LinkedHashMap<>();
		unnamed.put(null, "x");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.put("/cn=a", unnamed));
	}

	@Test
	void valuesThatAnAttributeCannotHoldAreRefused() {
		List<Object> refused = new ArrayList<>(List.of(Map.of("a", "b"), List.of(List.of("a")), new Object(),
				List.of("a", Map.of()), LdapKey.of("/cn=a"), Thread.class));
		refused.add(null);
		refused.add(Collections.singletonList(null));
		refused.add(new String[] { "a", null });
		for (Object value : refused) {
			Map<String, Object> attributes = new LinkedHashMap<>(PERSON);
			attributes.put("description", value);
			assertThatIllegalArgumentException().as("%s", value)
				.isThrownBy(() -> this.store.put("/cn=a", attributes))
				.withMessageContaining("'description'");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.put("/cn=a", (LdapValue) null))
			.withMessageContaining("'/cn=a'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.put("/cn=a", (Map<String, ?>) null));
	}

	@Test
	void aSecretIsNotShown() {
		Map<String, Object> attributes = new LinkedHashMap<>(PERSON);
		attributes.put("userPassword", Map.of("clear", "s3cret"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.put("/cn=a", attributes))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("userPassword").doesNotContain("s3cret"));
	}

	@Test
	void malformedPatternsAreRefused() {
		for (String pattern : List.of("/[", "/cn=[", "/cn=[]", "/cn=[z-a]", "/{a", "/cn={a,b", "/cn=a}", "/cn=a\\",
				"\\", "/cn", "ou=People/*", "ldap://localhost/**")) {
			assertThatIllegalArgumentException().as(pattern)
				.isThrownBy(() -> this.store.query(pattern))
				.withMessageContaining("'" + pattern + "'");
			assertThatIllegalArgumentException().as(pattern).isThrownBy(() -> this.store.count(KeyQuery.of(pattern)));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.query((String) null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.query(""));
		assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of("/**").filter("(cn=a"))
			.withMessageContaining("'(cn=a'");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of("/**").filter(null));
		for (String filter : List.of("", "()", "(&(cn=a)sn=b)", "(cn=a)(sn=b)", "cn=a)", "( cn = a )",
				"(&(cn=a)(!(s n=b)))", "(cn_:caseExactMatch:=a)")) {
			assertThatIllegalArgumentException().as(filter)
				.isThrownBy(() -> KeyQuery.of("/**").filter(filter))
				.withMessageContaining("'" + filter + "'");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of("/**").after("dc"));
		assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of("/**").limit(-1)).withMessageContaining("-1");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of("/**").offset(-1));
	}

	@Test
	void aPatternOfGroupsInsideGroupsIsRefused() {
		for (String pattern : List.of("/cn=" + "{".repeat(100_000),
				"/cn=" + "{a,".repeat(100_000) + "}".repeat(100_000), "/cn=" + "[{".repeat(100_000))) {
			assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of(pattern));
		}
		assertThat(KeyQuery.of("/cn=" + "{a,".repeat(20) + "b" + "}".repeat(20))).isNotNull();
	}

	@Test
	void whatIsNullIsRefused() {
		for (ThrowingCallable call : List.<ThrowingCallable>of(() -> this.store.forEach(KeyQuery.of("/*"), null),
				() -> this.store.putAll(null), () -> this.store.deleteAll(null), () -> this.store.children(null),
				() -> this.store.patch("/cn=a", null),
				() -> this.store.patch("/cn=a", (p) -> p.add("cn", (Object[]) null)),
				() -> this.store.patch("/cn=a", (p) -> p.remove("cn", (Object[]) null)),
				() -> this.store.patch("/cn=a", (p) -> p.set(null, "a")), () -> this.store.ifUnchanged(null),
				() -> this.store.atomically(null), () -> this.store.increment("/cn=a", null, 1),
				() -> KeyQuery.of("/*").attributes((String[]) null), () -> KeyQuery.of("/*").attributes((String) null),
				() -> LdapKey.of((String) null), () -> LdapKey.of("/cn={a}", (Object[]) null),
				() -> LdapKey.of("/cn=a").child(null, "a"), () -> LdapKey.of("/cn=a").child("cn", null),
				() -> LdapValue.of(null), () -> LdapValue.empty().has(null),
				() -> LdapValue.builder().set("cn", (Object[]) null), () -> LdapValue.builder().without(null),
				() -> LdapBulk.on(null), () -> LdapBulk.on(this.store).onProgress(null), () -> LdapLdif.on(null),
				() -> LdapLdif.on(this.store).onProgress(null), () -> Version.of(null),
				() -> LdapConnectionPool.builder(null),
				() -> LdapConnectionPool.builder(Collections.singletonList(null)),
				() -> LdapKeyValueTemplate.builder(null), () -> new LdapKeyValueTemplate((ContextSource) null),
				() -> new LdapKeyValueTemplate((LdapTemplate) null), () -> new LdapKeyValueTransactionManager(null))) {
			assertThatIllegalArgumentException().isThrownBy(call).withMessageMatching("(?s).*(null|empty|no URL).*");
		}
	}

	@Test
	void aTransactionThatHasEndedTakesNoMoreWrites() {
		AtomicReference<LdapTransaction> kept = new AtomicReference<>();
		this.store.atomically(kept::set);
		LdapTransaction ended = kept.get();
		for (ThrowingCallable call : List.<ThrowingCallable>of(() -> ended.put("/cn=a", PERSON),
				() -> ended.replace("/cn=a", PERSON), () -> ended.patch("/cn=a", (p) -> p.set("sn", "Roe")),
				() -> ended.delete("/cn=a"), () -> ended.ifUnchanged("/cn=a", Version.of("etag=1")))) {
			assertThatIllegalStateException().isThrownBy(call).withMessageContaining("ended");
		}
	}

	@Test
	void aKeyForgesNoLineOfALog() {
		String key = "/cn=a\nFATAL";
		for (ThrowingCallable call : List.<ThrowingCallable>of(() -> this.store.put(key, (LdapValue) null),
				() -> this.store.patch(key, null), () -> this.store.move(key, key + "/cn=b"),
				() -> this.store.put(key, Map.of("cn", "b\nFATAL")))) {
			assertThatIllegalArgumentException().isThrownBy(call)
				.satisfies((ex) -> assertThat(ex.getMessage()).contains("\\0AFATAL").doesNotContain("\n"));
		}
	}

	@Test
	void oddPatternsThatAreWellFormedAreTaken() {
		assertThat(List.of("**", "/**", "/**/**", "/*=*", "/*", "/?n=*", "/cn=\\[", "/cn=[[]", "/cn=[!a]"))
			.allSatisfy((pattern) -> assertThat(KeyQuery.of(pattern)).hasToString(pattern));
	}

	private List<ThrowingCallable> verbs(String key) {
		return List.of(() -> this.store.get(key), () -> this.store.getRequired(key), () -> this.store.contains(key),
				() -> this.store.put(key, PERSON), () -> this.store.putIfAbsent(key, PERSON),
				() -> this.store.delete(key), () -> KeyQuery.of("/**").after(key));
	}

}
