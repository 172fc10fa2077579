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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.protocol.UnbindRequestProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import org.junit.jupiter.api.Test;

import org.springframework.dao.PermissionDeniedDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a store shows of the text of others, servers and callers, in messages, in their
 * causes and in what is logged: nothing that would forge a line of a log or change what
 * is on a terminal, no secret, and no more than some lines.
 */
class ShownTextTests extends LyingServer {

	/**
	 * Line breaks, escape sequences, and what turns the order of the text.
	 */
	private static final String HOSTILE = "a\r\nERROR forged\u001B[2J\u0007\u0085b\u009B31mc\u2028d\u2029e\u202Ef\u2066g\u200Fh"
			+ "\u00ADi\uFEFFj\uDB40\uDC41k";

	private static final String SECRET = "s3cret-that-was-sent";

	@Test
	void theWordsOfAServerCannotForgeALine() {
		this.directory.lie((request, answer) -> {
			if (request.getProtocolOp() instanceof UnbindRequestProtocolOp) {
				return false;
			}
			answer.result((request.getProtocolOp() instanceof BindRequestProtocolOp) ? 0 : 80,
					HOSTILE + "x".repeat(100_000));
			return true;
		});
		for (Runnable call : calls()) {
			assertPresentable(thrownBy(call));
		}
	}

	@Test
	void theWordsOfAServerThatRefusesTheBindCannotForgeALine() {
		answer(LDAPMessage.PROTOCOL_OP_TYPE_BIND_REQUEST, 49);
		this.directory.lie((request, answer) -> {
			boolean bind = request.getProtocolOp() instanceof BindRequestProtocolOp;
			if (bind) {
				answer.result(49, HOSTILE);
			}
			return bind;
		});
		assertPresentable(thrownBy(() -> this.store.get(KEY)));
		assertPresentable(thrownBy(() -> this.pool.getContext("cn=other", "0ther")));
	}

	@Test
	void whatAServerCallsItselfCannotForgeALine() {
		this.directory.lie((request, answer) -> {
			boolean rootDse = request.getProtocolOp() instanceof SearchRequestProtocolOp search
					&& search.getBaseDN().isEmpty();
			if (rootDse) {
				answer.send(new SearchResultEntryProtocolOp("", List.of(new Attribute("vendorName", HOSTILE),
						new Attribute("vendorVersion", "x".repeat(100_000)))));
				answer.result(0, "");
			}
			return rootDse;
		});
		String server = this.store.serverCapabilities().server();
		assertThat(server).contains("forged").hasSizeLessThan(1000);
		assertPrintable(server);
	}

	@Test
	void aKeyShowsInHexadecimalWhatCannotBeShown() {
		LdapKey key = LdapKey.of("/").child("ou", HOSTILE);
		assertPrintable(key.toString());
		assertPrintable(key.dn());
		assertThat(LdapKey.of("/").child("ou", "a\u202Eb\u0085c\uDB40\uDC41").toString())
			.isEqualTo("/ou=a\\E2\\80\\AEb\\C2\\85c\\F3\\A0\\81\\81");
		for (String text : List.of(key.toString(), key.dn())) {
			assertThat(LdapKey.of(text).equals(key)).isTrue();
			assertThat(LdapKey.of(text).path().rdns().get(0).avas().get(0).value()).isEqualTo(HOSTILE);
		}
		// Words of some scripts, and emojis, are made with these.
		assertThat(LdapKey.of("/").child("ou", "\u0645\u06CC\u200C\u062E\uD83D\uDC68\u200D\uD83D\uDC69").toString())
			.isEqualTo("/ou=\u0645\u06CC\u200C\u062E\uD83D\uDC68\u200D\uD83D\uDC69");
	}

	@Test
	void whatIsRefusedIsShownSoToo() {
		for (String text : List.of("/ou=" + HOSTILE + "<", "/ou=a\uD800b", "/ou=\uDC00", "/" + HOSTILE)) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.store.get(text))
				.satisfies(ShownTextTests::assertPresentable);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.query("/" + HOSTILE + "/*"))
			.satisfies(ShownTextTests::assertPresentable);
		assertThatIllegalArgumentException().isThrownBy(() -> LdapValue.of(Map.of(HOSTILE, "x")))
			.satisfies(ShownTextTests::assertPresentable);
		assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of("/*").filter("(" + HOSTILE + "=x)"))
			.satisfies(ShownTextTests::assertPresentable);
		assertPrintable(LdapValue.of(Map.of("description", HOSTILE)).toString());
	}

	@Test
	void aFilterThatIsMalformedShowsNoSecretAndIsCut() {
		for (String filter : List.of("(userPassword=" + SECRET, "(userPassword=" + SECRET + "))",
				"(userPassword=" + SECRET + "\\zz)", "(userPassword~" + SECRET + ")",
				"(&(cn=x)(userPassword=" + SECRET + ")", "(cn=a)(userPassword:" + SECRET, "(2.5.4.35>" + SECRET + ")",
				"(&(cn=a)(unicodePwd=\0" + SECRET + ")(", "(".repeat(60_000) + ")".repeat(60_000),
				"(!".repeat(60_000))) {
			assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of("/*").filter(filter))
				.withMessageContaining("not an LDAP filter")
				.satisfies(ShownTextTests::assertPresentable);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> KeyQuery.of("/*").filter("(cn=x"))
			.withMessageContaining("position 0")
			.withMessageContaining("parenthesis");
	}

	@Test
	void aServerThatRepeatsWhatItWasSentRevealsNoSecret() {
		this.directory.lie((request, answer) -> {
			byte type = request.getProtocolOpType();
			boolean write = type == LDAPMessage.PROTOCOL_OP_TYPE_ADD_REQUEST
					|| type == LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST;
			if (write) {
				answer.result(19, "The value '" + SECRET + "' of attribute userPassword is too weak");
			}
			return write;
		});
		Map<String, Object> value = Map.of("objectClass", "person", "sn", "x", "userPassword", SECRET);
		for (Runnable call : List.<Runnable>of(() -> this.store.put(KEY, value),
				() -> this.store.putIfAbsent(KEY, value), () -> this.store.replace(KEY, value),
				() -> this.store.patch(KEY, (patch) -> patch.set("userPassword", SECRET)),
				() -> this.store.patch(KEY, (patch) -> patch.remove("userPassword", SECRET)),
				() -> this.store.put(KEY, Map.of("unicodePwd", wide(SECRET))),
				() -> this.store.atomically((tx) -> tx.put(KEY, value)))) {
			Throwable thrown = thrownBy(call);
			assertThat(thrown).hasMessageContaining("too weak").hasMessageContaining("***");
			assertPresentable(thrown);
		}
	}

	@Test
	void aServerThatRepeatsThePasswordOfABindDoesNotRevealIt() {
		this.directory.lie((request, answer) -> {
			boolean bind = request.getProtocolOp() instanceof BindRequestProtocolOp;
			if (bind) {
				answer.result(49, "The password s3cret of cn=admin, or " + SECRET + ", is wrong");
			}
			return bind;
		});
		for (String when : List.of("when it says so", "when it has said so")) {
			assertThat(stackTrace(thrownBy(() -> this.store.get(KEY)))).as(when)
				.contains("is wrong")
				.doesNotContain("s3cret of");
		}
		assertThatExceptionOfType(org.springframework.ldap.AuthenticationException.class)
			.isThrownBy(() -> this.pool.getContext("cn=other", SECRET))
			.satisfies(ShownTextTests::assertPresentable);
	}

	@Test
	void aTransactionThatIsRefusedAtItsEndRevealsNoSecret() {
		Map<String, Object> value = Map.of("objectClass", "person", "sn", "x", "userPassword", SECRET);
		for (int code : new int[] { 16, 19, 52, 65 }) {
			this.directory.lie((request, answer) -> {
				boolean end = request.getProtocolOp() instanceof ExtendedRequestProtocolOp extended
						&& extended.getOID().equals("1.3.6.1.1.21.3");
				if (end) {
					answer.result(code, "The value '" + SECRET + "' of attribute userPassword is not there");
				}
				return end;
			});
			for (Runnable call : List.<Runnable>of(
					() -> this.store.atomically((tx) -> tx.patch(KEY, (patch) -> patch.remove("userPassword", SECRET))),
					() -> this.store.atomically((tx) -> {
						tx.put(KEY + "/cn=b", value);
						tx.patch(KEY, (patch) -> patch.set("description", "x"));
					}))) {
				Throwable thrown = thrownBy(call);
				assertThat(thrown).as("code %d", code).hasMessageContaining("***");
				assertPresentable(thrown);
			}
		}
	}

	/**
	 * On a context of JNDI the result code stands in the text of an exception only.
	 */
	@Test
	void aSecretThatStandsInTheWordsOfJndiHidesNoResult() {
		answer(LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST, 50);
		for (String secret : List.of("5", "0", "50", "LDAP", "error", "code", "[", " - ", "*", "words")) {
			assertThatExceptionOfType(PermissionDeniedDataAccessException.class).as(secret)
				.isThrownBy(() -> this.store.patch(KEY, (patch) -> patch.set("userPassword", secret)))
				.withMessageContaining("(50)")
				.withMessageContaining("of the server")
				.havingCause()
				.isInstanceOf(LDAPException.class);
		}
		answer(LDAPMessage.PROTOCOL_OP_TYPE_BIND_REQUEST, 49);
		for (String secret : List.of("4", "49", "LDAP", "error", "code")) {
			assertThatExceptionOfType(org.springframework.ldap.AuthenticationException.class).as(secret)
				.isThrownBy(() -> this.pool.getContext("cn=other", secret))
				.withMessageContaining("[LDAP: error code 49 - " + WORDS + "]");
		}
	}

	@Test
	void aSecretThatStandsInTheWordsOfJndiHidesNoLostConnection() {
		for (String secret : List.of("closed", "connection", "socket", "Connection", "e")) {
			this.directory.tellTheTruth();
			this.store.get(KEY);
			this.directory.lie((request, answer) -> {
				boolean modify = request.getProtocolOpType() == LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST;
				if (modify) {
					answer.hangUp();
				}
				return modify;
			});
			assertThatExceptionOfType(UnknownOutcomeException.class).as(secret)
				.isThrownBy(() -> this.store.patch(KEY, (patch) -> patch.set("userPassword", secret)));
			assertThat(this.pool.statistics().idle()).as(secret).isZero();
		}
	}

	@Test
	void aLongKeyIsShownInPart() {
		String key = "/dc=org/ou=" + "x".repeat(50_000);
		this.directory.lie((request, answer) -> {
			boolean below = switch (request.getProtocolOpType()) {
				case LDAPMessage.PROTOCOL_OP_TYPE_ADD_REQUEST, LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST -> true;
				default -> request.getProtocolOp() instanceof SearchRequestProtocolOp search
						&& search.getBaseDN().contains("xxx");
			};
			if (below) {
				answer.result(32, WORDS);
			}
			return below;
		});
		for (Runnable call : List.<Runnable>of(() -> this.store.put(key + "/cn=a", Map.of("objectClass", "device")),
				() -> this.store.children(key),
				() -> this.store.putIfAbsent(key + "/cn=a/cn=b", Map.of("objectClass", "device")))) {
			assertThat(thrownBy(call)).hasMessageContaining("is missing")
				.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(2000));
		}
	}

	private List<Runnable> calls() {
		Map<String, Object> value = Map.of("objectClass", "organizationalUnit", "description", "x");
		return List.of(() -> this.store.get(KEY), () -> this.store.contains(KEY), () -> this.store.query("/dc=org/*"),
				() -> this.store.put(KEY, value), () -> this.store.putIfAbsent(KEY, value),
				() -> this.store.replace(KEY, value),
				() -> this.store.patch(KEY, (patch) -> patch.set("description", "y")), () -> this.store.delete(KEY),
				() -> this.store.deleteTree(KEY), () -> this.store.move(KEY, "/dc=org/ou=b"),
				() -> this.store.children(KEY), () -> this.store.getAll(List.of(KEY)),
				() -> this.store.increment(KEY, "uidNumber", 1), () -> this.store.createParents(KEY + "/ou=c"),
				() -> this.store.atomically((tx) -> tx.put(KEY, LdapValue.of(value))));
	}

	private static byte[] wide(String password) {
		return ("\"" + password + "\"").getBytes(StandardCharsets.UTF_16LE);
	}

	private static void assertPresentable(Throwable thrown) {
		assertThat(thrown).isNotNull();
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			assertPrintable(cause.toString());
			assertThat(cause.toString()).hasSizeLessThan(4000).doesNotContain(SECRET);
		}
		assertThat(stackTrace(thrown)).doesNotContain(SECRET);
	}

	private static void assertPrintable(String text) {
		assertThat(text.codePoints().filter((c) -> switch (Character.getType(c)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
					Character.FORMAT ->
				true;
			default -> false;
		}).mapToObj(Integer::toHexString).toList()).as(text).isEmpty();
	}

	private static String stackTrace(Throwable thrown) {
		StringWriter text = new StringWriter();
		thrown.printStackTrace(new PrintWriter(text, true));
		return text.toString();
	}

}
