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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.testserver.Answer;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a store makes of a server that sends as a name what is none.
 */
class LyingNamesTests extends LyingServer {

	@Test
	void aNamingContextThatIsNoDnIsAFailureOfTheQueryThatNeedsIt() {
		namingContextsAre("dc=org", "no name");
		for (Runnable query : List.<Runnable>of(() -> this.store.query("/**/ou=x"),
				() -> this.store.stream(KeyQuery.of("/**/ou=x")).toList(),
				() -> this.store.count(KeyQuery.of("/**/ou=x")))) {
			assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(query::run)
				.withMessageContaining("/**/ou=x")
				.withMessageContaining("naming context 'no name'");
		}
	}

	@Test
	void aNamingContextThatIsNoDnIsNamedWhereTheBaseIsMissing() {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> {
			boolean below = request.getProtocolOp() instanceof SearchRequestProtocolOp search
					&& !search.getBaseDN().isEmpty();
			if (below || request.getProtocolOp() instanceof ModifyRequestProtocolOp
					|| request.getProtocolOp() instanceof AddRequestProtocolOp) {
				answer.result(32, WORDS);
				return true;
			}
			return sendsNamingContexts(request, answer, "dc=com", "no name");
		});
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.store.put(KEY, Map.of("objectClass", "organizationalUnit")))
			.withMessageContaining("'dc=org' is missing")
			.withMessageContaining("['dc=com', 'no name']");
	}

	@Test
	void anEntryWhoseNameIsNoDnIsReadByItsKey() {
		LdapKeyValueTemplate together = LdapKeyValueTemplate.builder(this.pool)
			.serverCapabilities((server) -> server.with(Feature.DN_FILTER))
			.build();
		AtomicInteger batches = new AtomicInteger();
		this.directory.lie((request, answer) -> {
			if (asksFor(request, "subschemaSubentry")) {
				answer.send(
						new SearchResultEntryProtocolOp("", List.of(new Attribute("subschemaSubentry", "cn=schema"))));
				answer.result(0, "");
				return true;
			}
			if (!(request.getProtocolOp() instanceof SearchRequestProtocolOp search)) {
				return false;
			}
			if (search.getBaseDN().equals("cn=schema")) {
				answer.send(new SearchResultEntryProtocolOp("cn=schema",
						List.of(new Attribute("attributeTypes",
								"( 2.5.4.11 NAME 'ou' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
								"( 0.9.2342.19200300.100.1.25 NAME 'dc' EQUALITY caseIgnoreIA5Match "
										+ "SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 )"))));
				answer.result(0, "");
				return true;
			}
			if (search.getScope() != SearchScope.SUB) {
				return false;
			}
			batches.incrementAndGet();
			answer.send(Answer.entry("ou=a,dc=org"));
			answer.send(Answer.entry("no name"));
			answer.result(0, "");
			return true;
		});
		List<String> keys = List.of(KEY, "/dc=org/ou=b");
		assertThat(together.getAll(keys)).containsOnlyKeys(keys);
		assertThat(batches).hasValue(1);
	}

	private void namingContextsAre(String... names) {
		this.store.get(KEY);
		this.directory.lie((request, answer) -> sendsNamingContexts(request, answer, names));
	}

	private static boolean sendsNamingContexts(LDAPMessage request, Answer answer, String... names) throws IOException {
		boolean asked = asksFor(request, "namingContexts");
		if (asked) {
			answer.send(new SearchResultEntryProtocolOp("", List.of(new Attribute("namingContexts", names))));
			answer.result(0, "");
		}
		return asked;
	}

	private static boolean asksFor(LDAPMessage request, String attribute) {
		return request.getProtocolOp() instanceof SearchRequestProtocolOp search
				&& search.getAttributes().contains(attribute);
	}

}
