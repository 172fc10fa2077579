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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the writes promise while sixteen threads do the same ten thousand times.
 */
@Timeout(180)
class RaceTests {

	private static final int OPERATIONS = 10_000;

	private static final int SHARE = OPERATIONS / Race.THREADS;

	private static final AtomicInteger AREAS = new AtomicInteger();

	private static OpenLdapContainer server;

	private static LdapKeyValueTemplate store;

	private LdapKey area;

	@BeforeAll
	static void start() {
		server = new OpenLdapContainer().withEnv("LDAP_NOSYNC", "true").withEnv("LDAP_LOG_LEVEL", "0");
		server.start();
		store = new LdapKeyValueTemplate(server.pool().maxSize(Race.THREADS).build());
	}

	@AfterAll
	static void stop() {
		store.close();
		server.stop();
	}

	@BeforeEach
	void createArea() {
		this.area = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "race-" + AREAS.incrementAndGet());
		store.put(this.area, Map.of("objectClass", "organizationalUnit"));
	}

	@Test
	void incrementsSumExactly() throws Exception {
		LdapKey key = person("counter");
		Set<Long> seen = ConcurrentHashMap.newKeySet();
		Race.run((thread) -> {
			for (int i = 0; i < SHARE; i++) {
				assertThat(seen.add(store.increment(key, "employeeNumber", 1))).as("the number is new").isTrue();
			}
		});
		assertThat(seen).hasSize(OPERATIONS);
		assertThat(store.getRequired(key).text("employeeNumber")).contains(String.valueOf(OPERATIONS));
	}

	@Test
	void compareAndSetAdmitsOneWinnerOfEachVersion() throws Exception {
		LdapKey key = person("cell");
		Set<Version> won = ConcurrentHashMap.newKeySet();
		AtomicInteger lost = new AtomicInteger();
		Race.run((thread) -> {
			for (int i = 0; i < SHARE; i++) {
				LdapEntry entry = store.getEntry(key).orElseThrow();
				int next = Integer.parseInt(entry.value().text("employeeNumber").orElseThrow()) + 1;
				try {
					store.ifUnchanged(entry.version()).put(key, Map.of("employeeNumber", next));
					assertThat(won.add(entry.version())).as("nobody has won this version").isTrue();
				}
				catch (OptimisticLockingFailureException ex) {
					lost.incrementAndGet();
				}
			}
		});
		assertThat(won.size() + lost.get()).isEqualTo(OPERATIONS);
		assertThat(lost).hasPositiveValue();
		assertThat(store.getRequired(key).text("employeeNumber")).contains(String.valueOf(won.size()));
	}

	@Test
	void putIfAbsentHasOneCreator() throws Exception {
		AtomicInteger created = new AtomicInteger();
		Map<LdapKey, Integer> creators = new ConcurrentHashMap<>();
		Race.run((thread) -> {
			for (int i = 0; i < SHARE; i++) {
				LdapKey key = this.area.child("uid", String.valueOf(i));
				if (store.putIfAbsent(key,
						Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "employeeNumber", thread))) {
					created.incrementAndGet();
					creators.put(key, thread);
				}
			}
		});
		assertThat(created).hasValue(SHARE);
		creators.forEach((key, thread) -> assertThat(store.getRequired(key).text("employeeNumber"))
			.contains(String.valueOf(thread)));
	}

	@Test
	void patchesLoseNoMember() throws Exception {
		LdapKey key = this.area.child("cn", "group");
		store.put(key, Map.of("objectClass", "groupOfNames", "member", "uid=first"));
		Race.run((thread) -> {
			for (int i = 0; i < SHARE; i++) {
				String member = "uid=" + thread + "-" + i;
				String former = "uid=" + thread + "-" + (i - 1);
				boolean odd = i % 2 == 1;
				store.patch(key, (p) -> p.add("member", member));
				if (odd) {
					store.patch(key, (p) -> p.remove("member", former));
				}
			}
		});
		List<String> members = store.getRequired(key).texts("member");
		assertThat(members).hasSize(1 + Race.THREADS * (SHARE / 2 + SHARE % 2)).contains("uid=first", "uid=0-1");
	}

	private LdapKey person(String name) {
		LdapKey key = this.area.child("uid", name);
		store.put(key, Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "employeeNumber", 0));
		return key;
	}

}
