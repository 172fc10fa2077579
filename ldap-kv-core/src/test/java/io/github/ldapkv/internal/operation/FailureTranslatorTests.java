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

package io.github.ldapkv.internal.operation;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.ReferralException;
import javax.naming.ServiceUnavailableException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.jndi.JndiFailures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link FailureTranslator}: which exception each result code is, and what it
 * says.
 */
class FailureTranslatorTests {

	private static final Operation PUT = Operation.of(Verb.PUT, DistinguishedName.of("/ou=x/uid=jdoe"),
			DistinguishedName.of("/dc=org/ou=x/uid=jdoe"));

	private static final Map<Class<? extends DataAccessException>, List<Integer>> EXCEPTIONS = Map.ofEntries(
			Map.entry(InvalidDataAccessResourceUsageException.class, List.of(2, 10, 12, 18, 53, 54)),
			Map.entry(QueryTimeoutException.class, List.of(3)),
			Map.entry(DataRetrievalFailureException.class, List.of(4, 11, 32, 33, 36)),
			Map.entry(PermissionDeniedDataAccessException.class, List.of(7, 8, 13, 48, 49, 50)),
			Map.entry(DataIntegrityViolationException.class, List.of(16, 17, 19, 20, 21, 64, 65, 66, 67, 69)),
			Map.entry(InvalidDataAccessApiUsageException.class, List.of(34)),
			Map.entry(TransientDataAccessResourceException.class, List.of(51, 52)),
			Map.entry(DuplicateKeyException.class, List.of(68)),
			Map.entry(OptimisticLockingFailureException.class, List.of(122)));

	private static final Map<Integer, String> NAMES = Map.of(1, "operationsError (1)", 4, "sizeLimitExceeded (4)", 16,
			"noSuchAttribute (16)", 20, "attributeOrValueExists (20)", 32, "noSuchObject (32)", 50,
			"insufficientAccessRights (50)", 53, "unwillingToPerform (53)", 66, "notAllowedOnNonLeaf (66)", 122,
			"assertionFailed (122)");

	private final FailureTranslator translator = new FailureTranslator(List.of("ldap://one", "ldap://two"),
			DataAccessResourceFailureException::new);

	/**
	 * Some servers repeat the request, and so what a client has sent.
	 */
	@Test
	@Timeout(10)
	void aLongAnswerIsReadInNoTime() {
		String words = "a" + " ]\0".repeat(30_000) + "b";
		ServerResult result = ServerResult.of(jndi("[LDAP: error code 21 - " + words + " \0]\0 "));
		assertThat(result.code()).isEqualTo(21);
		assertThat(result.diagnostic()).isEqualTo(words.replace("\0", ""));
		result = ServerResult.of(jndi("[LDAP: error code 21" + " ".repeat(100_000) + "x"));
		assertThat(result.code()).isEqualTo(ServerResult.NO_ANSWER);
	}

	@Test
	void theEndOfAnAnswerIsNoPartOfIt() {
		for (String end : List.of("", "]", " ]", "]\0", "\0]", " \n]\n\0 ")) {
			assertThat(ServerResult.of(jndi("[LDAP: error code 32" + end))).isEqualTo(new ServerResult(32, ""));
			assertThat(ServerResult.of(jndi("[LDAP: error code 32 - " + end))).isEqualTo(new ServerResult(32, ""));
			assertThat(ServerResult.of(jndi("x [LDAP: error code 32 - No [such]" + end)).diagnostic())
				.startsWith("No [such");
		}
		assertThat(ServerResult.of(jndi("[LDAP: error code 53 - a [b]]")).diagnostic()).isEqualTo("a [b]");
	}

	@Test
	void everyResultCodeHasItsException() {
		Map<Integer, Class<?>> expected = new HashMap<>();
		EXCEPTIONS.forEach((type, codes) -> codes.forEach((code) -> expected.put(code, type)));
		// The SDK has its own codes for what no server has answered.
		IntStream.rangeClosed(1, 130)
			.filter((code) -> !ResultCode.isClientSideResultCode(ResultCode.valueOf(code)))
			.forEach((code) -> {
				DataAccessException translated = translate(code, "server's words");
				assertThat(translated).as("code %d", code)
					.isExactlyInstanceOf(expected.getOrDefault(code, NonTransientDataAccessResourceException.class));
				assertThat(translated.getMessage()).contains("Could not put '/ou=x/uid=jdoe'",
						"(DN 'uid=jdoe,ou=x,dc=org')", "(" + code + ")", "\"server's words\"");
				assertThat(translated.getCause()).isInstanceOf(LDAPException.class);
			});
	}

	@Test
	void codesHaveTheirNames() {
		NAMES.forEach((code, name) -> assertThat(translate(code, "x")).hasMessageContaining(name));
	}

	@Test
	void whateverAUserCanDoSomethingAboutHasARemedy() {
		Set<Integer> without = new HashSet<>();
		EXCEPTIONS.values().forEach(without::addAll);
		without.removeIf((code) -> !Remedies.of(new ServerResult(code, "")).isEmpty());
		// Not found and aliases explain themselves; a loop is a bug.
		assertThat(without).containsExactlyInAnyOrder(7, 32, 33, 36, 54);
	}

	@Test
	void activeDirectorysReasonForABindIsExplained() {
		for (Map.Entry<String, String> reason : Map
			.of("52e", "password is wrong", "525", "no such user", "533", "disabled", "775", "locked", "773",
					"change the password", "532", "expired")
			.entrySet()) {
			assertThat(translate(49, "80090308: LdapErr: DSID-0C09042A, comment: AcceptSecurityContext error, data "
					+ reason.getKey() + ", v3839"))
				.hasMessageContaining(reason.getValue());
		}
		assertThat(translate(49, "data 999")).hasMessageContaining("Check the user name");
	}

	@Test
	void theServersWordsMayTellMoreThanItsCode() {
		assertThat(translate(53, "0000001F: SvcErr: DSID-031A126C, problem 5003 (WILL_NOT_PERFORM), data 0"))
			.hasMessageContaining("UTF-16LE");
		assertThat(translate(19, "0000052D: AtrErr: DSID-03191083, #1: 0: 0000052D, problem 1005"))
			.hasMessageContaining("rules");
		assertThat(translate(19, "00000056: AtrErr: DSID-03191083, #1: 0: 00000056, problem 1005"))
			.hasMessageContaining("old password is wrong");
		assertThat(translate(50, "Operations are restricted to bind/unbind/abandon/StartTLS/modify password"))
			.hasMessageContaining("change its password first");
		assertThat(translate(17, "userCertificate: requires ;binary transfer"))
			.hasMessageContaining("has to end in ';binary'");
	}

	@Test
	void anAccountThatMayNotBindIsRefusedWhateverTheCode() {
		assertThat(translate(19, "Exceed password retry limit. Please try later."))
			.isExactlyInstanceOf(PermissionDeniedDataAccessException.class)
			.hasMessageContaining("locked");
		assertThat(translate(53, "Account inactivated. Contact system administrator."))
			.isExactlyInstanceOf(PermissionDeniedDataAccessException.class)
			.hasMessageContaining("disabled");
		assertThat(translate(49, "password expired!")).isExactlyInstanceOf(PermissionDeniedDataAccessException.class)
			.hasMessageContaining("has expired");
	}

	@Test
	void aReferenceAmongTheResultsIsAReferral() {
		assertThat(this.translator.translate(PUT, JndiFailures.of(new Reference())))
			.isExactlyInstanceOf(InvalidDataAccessResourceUsageException.class)
			.hasMessageContaining("referral (10)");
	}

	@Test
	void aFindingTakesThePlaceOfTheRemedy() {
		assertThat(this.translator.translate(PUT, failure(65, "x"), "It lacks 'sn'."))
			.hasMessageEndingWith("It lacks 'sn'.");
	}

	@Test
	void aServerThatDoesNotAnswerIsNamed() {
		CommunicationException ex = new CommunicationException("one:389");
		ex.setRootCause(new ConnectException("Connection refused"));
		for (NamingException failure : Arrays.asList(ex, new ServiceUnavailableException("one:389; socket closed"),
				new NamingException())) {
			assertThat(this.translator.translate(PUT, JndiFailures.of(failure)))
				.isExactlyInstanceOf(DataAccessResourceFailureException.class)
				.hasMessageContaining("'/ou=x/uid=jdoe'")
				.hasMessageContaining("ldap://one, ldap://two");
		}
		assertThat(this.translator.translate(PUT, JndiFailures.of(ex))).hasMessageContaining("Connection refused");
		assertThat(this.translator.translate(PUT, jndi("LDAP response read timed out, timeout used: 5 ms.")))
			.isExactlyInstanceOf(QueryTimeoutException.class);
	}

	@Test
	void whatAGatewayAnswersToAWriteWithoutItsServerIsNamed() {
		assertThat(this.translator.unknownOutcome(PUT, failure(52, "server's words")).getMessage())
			.contains("'/ou=x/uid=jdoe'", "unavailable (52)", "\"server's words\"", "read the entry")
			.doesNotContain("connection was lost");
	}

	@Test
	void whyNoConnectionIsMadeDecidesWhatToDo() {
		SSLHandshakeException untrusted = new SSLHandshakeException("PKIX path building failed");
		untrusted.initCause(new CertPathBuilderException("unable to find valid certification path"));
		assertThat(this.translator.translate(PUT, unconnected(untrusted))).hasMessageContaining("not trusted")
			.hasMessageContaining("ldapkv.ssl.bundle");
		assertThat(this.translator.translate(PUT, unconnected(new SSLException("No name matching one found"))))
			.hasMessageContaining("is a name in the server's certificate");
		assertThat(this.translator.translate(PUT, unconnected(new UnknownHostException("one"))))
			.hasMessageContaining("No such host is known");
	}

	@Test
	void aReasonDoesNotEndTwice() {
		assertThat(this.translator.translate(PUT, jndi("LDAP response read timed out, timeout used: 5 ms.")))
			.hasMessageEndingWith("timeout used: 5 ms.");
	}

	@Test
	void aNameThatIsNotAcceptedMayBeTheAccounts() {
		assertThat(translate(34, "invalid DN")).hasMessageContaining("user name");
	}

	private static LDAPException unconnected(Exception cause) {
		CommunicationException ex = new CommunicationException("one:636");
		ex.setRootCause(cause);
		return JndiFailures.of(ex);
	}

	@Test
	void theServersWordsAreReadWithoutTheFrame() {
		assertThat(ServerResult.of(failure(50, ""))).isEqualTo(new ServerResult(50, ""));
		assertThat(ServerResult.of(jndi("[LDAP: error code 12 - a [b] - c\n\0]")))
			.isEqualTo(new ServerResult(12, "a [b] - c"));
		assertThat(ServerResult.of(jndi("[LDAP: error code 12]"))).isEqualTo(new ServerResult(12, ""));
		assertThat(ServerResult.of(jndi("x")).code()).isEqualTo(ServerResult.NO_ANSWER);
		assertThat(ServerResult.of(JndiFailures.of(new NamingException())).code()).isEqualTo(ServerResult.NO_ANSWER);
	}

	@Test
	void aRequestThatTheServerRepeatsIsNotShown() {
		String words = """
				OTHER: failed for MessageType : MODIFY_REQUEST
				Message ID : 2
				    Modify Request
				        Modifications :\s
				                Modification : userPassword: 0x73 0x65
				: ERR_1 cannot be done:
				org.apache.SomeException: ERR_1 cannot be done
				\tat org.apache.Some.method(Some.java:1)
				Caused by: java.lang.Exception""";
		assertThat(ServerResult.of(failure(80, words))).isEqualTo(new ServerResult(80, "OTHER: ERR_1 cannot be done"));
		assertThat(translate(80, words).getCause()).hasMessage("OTHER: ERR_1 cannot be done");
		assertThat(ServerResult.of(failure(80, "X: failed for MessageType : ADD_REQUEST\nuserPassword: s")))
			.isEqualTo(new ServerResult(80, "X:"));
	}

	private DataAccessException translate(int code, String words) {
		return this.translator.translate(PUT, failure(code, words));
	}

	private static final class Reference extends ReferralException {

		Reference() {
			super("Continuation Reference");
		}

		@Override
		public Object getReferralInfo() {
			return "ldap://other";
		}

		@Override
		public Context getReferralContext() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Context getReferralContext(Hashtable<?, ?> environment) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean skipReferral() {
			return false;
		}

		@Override
		public void retryReferral() {
		}

	}

	private static LDAPException failure(int code, String words) {
		return new LDAPException(new LDAPResult(-1, ResultCode.valueOf(code), words, null, (String[]) null, null));
	}

	private static LDAPException jndi(String message) {
		return JndiFailures.of(new NamingException(message));
	}

}
