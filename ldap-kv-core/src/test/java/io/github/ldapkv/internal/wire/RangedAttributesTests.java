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

package io.github.ldapkv.internal.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.pool.LdapConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link RangedAttributes}, on a server that sends {@code member} in parts as
 * Active Directory does.
 */
class RangedAttributesTests {

	private static final int PART = 1500;

	private final Ranges ranges = new Ranges();

	private InMemoryDirectoryServer server;

	private LdapConnectionPool pool;

	private LdapKeyValueTemplate store;

	@BeforeEach
	void start() throws LDAPException {
		InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=org");
		config.setSchema(null);
		config.addInMemoryOperationInterceptor(this.ranges);
		this.server = new InMemoryDirectoryServer(config);
		this.server.startListening();
		this.pool = LdapConnectionPool.builder(List.of("ldap://localhost:" + this.server.getListenPort())).build();
		this.store = LdapKeyValueTemplate.builder(this.pool).pageSize(2).build();
		this.store.put("/dc=org", Map.of("objectClass", "domain"));
	}

	@AfterEach
	void stop() {
		this.pool.close();
		this.server.shutDown(true);
	}

	@Test
	void aLargeAttributeIsComplete() {
		for (int size : new int[] { 1, PART, PART + 1, 3 * PART, 4000 }) {
			List<String> members = IntStream.range(0, size).mapToObj((i) -> "cn=m" + i + ",dc=org").toList();
			this.store.put("/dc=org/cn=g" + size, Map.of("objectClass", "groupOfNames", "member", members));
			LdapValue value = this.store.getRequired("/dc=org/cn=g" + size);
			assertThat(value.names()).contains("objectClass", "cn", "member").noneMatch((name) -> name.contains(";"));
			assertThat(value.texts("member")).containsExactlyElementsOf(members);
		}
		Set<Integer> sizes = new TreeSet<>();
		for (LdapEntry entry : this.store.query("/dc=org/cn=*")) {
			sizes.add(entry.value().texts("member").size());
		}
		assertThat(sizes).containsExactly(1, PART, PART + 1, 4000, 3 * PART);
		assertThat(this.store.getAll(List.of("/dc=org/cn=g4000")).get("/dc=org/cn=g4000").texts("member"))
			.hasSize(4000);
	}

	/**
	 * The parts are read while the stream's search is under way, on which it goes on.
	 */
	@Test
	void aStreamGoesOnAfterALargeAttribute() {
		List<String> members = IntStream.range(0, PART + 1).mapToObj((i) -> "cn=m" + i + ",dc=org").toList();
		for (int i = 0; i < 7; i++) {
			this.store.put("/dc=org/cn=g" + i, Map.of("objectClass", "groupOfNames", "member", members));
		}
		List<Integer> sizes = new ArrayList<>();
		this.store.forEach(KeyQuery.of("/dc=org/cn=*"), (entry) -> sizes.add(entry.value().texts("member").size()));
		assertThat(sizes).hasSize(7).containsOnly(PART + 1);
	}

	@Test
	@Timeout(60)
	void aPartThatIsNotTheNextOneIsAnError() {
		List<String> members = IntStream.range(0, 2 * PART).mapToObj((i) -> "cn=m" + i + ",dc=org").toList();
		this.store.put("/dc=org/cn=g", Map.of("objectClass", "groupOfNames", "member", members));
		for (String lie : List.of("0-1499", "1500-1499", "1500-99999999999999999999", "99999999999999999999-*",
				"3000-*")) {
			this.ranges.lie = lie;
			for (Runnable read : List.<Runnable>of(() -> this.store.get("/dc=org/cn=g"),
					() -> this.store.query("/dc=org/cn=*"), () -> this.store.getAll(List.of("/dc=org/cn=g")))) {
				assertThatExceptionOfType(DataAccessException.class).as(lie)
					.isThrownBy(read::run)
					.withMessageContaining("member;range=" + lie);
			}
		}
		this.ranges.lie = null;
		assertThat(this.store.getRequired("/dc=org/cn=g").texts("member")).hasSize(2 * PART);
	}

	/**
	 * Sends no more than a part of the members, and the part that is asked for.
	 */
	private static final class Ranges extends InMemoryOperationInterceptor {

		private static final Pattern ASKED = Pattern.compile("member;range=(\\d+)-\\*");

		/**
		 * What it calls the second part, if not what it is.
		 */
		private volatile @Nullable String lie;

		@Override
		public void processSearchRequest(InMemoryInterceptedSearchRequest intercepted) {
			SearchRequest request = intercepted.getRequest().duplicate();
			List<String> attributes = new ArrayList<>();
			for (String name : request.getAttributes()) {
				Matcher asked = ASKED.matcher(name);
				if (asked.matches()) {
					intercepted.setProperty("from", Integer.valueOf(asked.group(1)));
					attributes.add("member");
				}
				else {
					attributes.add(name);
				}
			}
			request.setAttributes(attributes);
			intercepted.setRequest(request);
		}

		@Override
		public void processSearchEntry(InMemoryInterceptedSearchEntry intercepted) {
			Entry entry = intercepted.getSearchEntry().duplicate();
			String[] members = entry.getAttributeValues("member");
			Object asked = intercepted.getProperty("from");
			int from = (asked != null) ? (Integer) asked : 0;
			if (members == null || asked == null && members.length <= PART) {
				return;
			}
			int to = Math.min(members.length, from + PART);
			List<String> part = List.of(members).subList(from, to);
			entry.setAttribute("member", List.of());
			String range = from + "-" + ((to == members.length) ? "*" : to - 1);
			entry.setAttribute("member;range=" + ((this.lie != null && asked != null) ? this.lie : range), part);
			intercepted.setSearchEntry(new SearchResultEntry(entry));
		}

	}

}
