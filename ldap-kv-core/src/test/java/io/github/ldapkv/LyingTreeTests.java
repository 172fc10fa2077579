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

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.LyingDirectory;
import io.github.ldapkv.server.ServerCapabilities;
import org.junit.jupiter.api.Test;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of the deletion of a tree on a server that lies about what is in it.
 */
class LyingTreeTests extends LyingServer {

	@Test
	void anEntryWhoseNameIsNoDnIsAFailureOfTheDeletionOfATree() {
		LdapKeyValueTemplate plain = plain().build();
		pagesAnswer((answer) -> {
			answer.send(Answer.entry("no name"));
			answer.endOfPage("");
		});
		assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(() -> plain.deleteTree(KEY))
			.withMessageContaining(KEY)
			.withMessageContaining("'no name'");
	}

	/**
	 * What is deleted is below the key, whatever the server says.
	 */
	@Test
	void nothingOutsideOfATreeIsDeletedWithIt() {
		LdapKeyValueTemplate plain = plain().build();
		List<String> deleted = new ArrayList<>();
		this.directory.lie((request, answer) -> {
			if (request.getProtocolOp() instanceof DeleteRequestProtocolOp delete) {
				deleted.add(delete.getDN());
			}
			if (!LyingDirectory.Lie.isSearch(request, ONE)) {
				return false;
			}
			for (String dn : List.of("ou=b,dc=com", "ou=c,ou=b,dc=org", "ou=a,dc=org", "dc=org")) {
				answer.send(Answer.entry(dn));
			}
			answer.endOfPage("");
			return true;
		});
		plain.deleteTree(KEY);
		assertThat(deleted).containsExactly("ou=c,ou=a,dc=org", "ou=a,dc=org");
	}

	@Test
	void aTreeWhoseEntriesComeBackIsGivenUp() {
		LdapKeyValueTemplate plain = plain().pageSize(2).build();
		this.directory.lie((request, answer) -> {
			if (!LyingDirectory.Lie.isSearch(request, ONE)) {
				return false;
			}
			answer.send(Answer.entry("ou=x,ou=a,dc=org"));
			answer.send(Answer.entry("ou=y,ou=a,dc=org"));
			answer.endOfPage("");
			return true;
		});
		assertThatExceptionOfType(ConcurrencyFailureException.class).isThrownBy(() -> plain.deleteTree(KEY))
			.withMessageContaining(KEY)
			.withMessageContaining("'ou=x,ou=a,dc=org'");
	}

	/**
	 * What the server has sent of a listing that was given up is not taken for its end of
	 * the connection.
	 */
	@Test
	void aListingThatIsFarLongerThanAPageDoesNotHinderTheDeletion() {
		LdapKeyValueTemplate plain = plain().pageSize(100).build();
		Set<String> there = new LinkedHashSet<>();
		IntStream.range(0, 1200).forEach((i) -> there.add("ou=" + i + ",ou=a,dc=org"));
		this.directory.lie((request, answer) -> {
			if (request.getProtocolOp() instanceof DeleteRequestProtocolOp delete) {
				there.remove(delete.getDN());
			}
			if (!LyingDirectory.Lie.isSearch(request, ONE)) {
				return false;
			}
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			for (String dn : there) {
				all.writeBytes(answer.bytes(Answer.entry(dn)));
			}
			all.writeBytes(answer.bytes(new SearchResultDoneProtocolOp(0, null, null, null)));
			answer.raw(all.toByteArray());
			return true;
		});
		assertThat(plain.deleteTree(KEY)).isEqualTo(1201);
		assertThat(there).isEmpty();
	}

	/**
	 * A store that takes the server for one that deletes entry by entry.
	 */
	private LdapKeyValueTemplateBuilder plain() {
		return LdapKeyValueTemplate.builder(this.pool).serverCapabilities((server) -> ServerCapabilities.unknown());
	}

}
