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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.internal.wire.sdk.SdkSession;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many calls lie between a verb and the connection: who follows one has them all in
 * mind. Those of {@code LdapTemplate} are among them.
 */
class CallDepthTests {

	private static final LdapKey KEY = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "depth");

	private final EmbeddedDirectory directory = new EmbeddedDirectory();

	private LdapConnectionPool pool;

	private MeddlingContextSource source;

	private LdapKeyValueTemplate store;

	@BeforeEach
	void connect() {
		this.pool = this.directory.pool().build();
		this.source = new MeddlingContextSource(this.pool);
		this.store = new LdapKeyValueTemplate(this.source);
		this.store.put(KEY, Map.of("objectClass", "organizationalUnit"));
	}

	@AfterEach
	void disconnect() {
		this.pool.close();
		this.directory.close();
	}

	@Test
	void aGetIsShallow() {
		assertThat(calls(MeddlingContextSource.SEARCH, () -> this.store.get(KEY))).hasSizeBetween(8, 12);
	}

	@Test
	void aPutIsShallow() {
		LdapValue value = LdapValue.of(Map.of("description", "x"));
		assertThat(calls(MeddlingContextSource.MODIFY, () -> this.store.put(KEY, value))).hasSizeBetween(8, 14);
	}

	@Test
	void aQueryIsShallow() {
		KeyQuery query = KeyQuery.of("/" + TestDirectory.SUFFIX + "/*");
		assertThat(calls(MeddlingContextSource.SEARCH, () -> this.store.query(query))).hasSizeBetween(8, 18);
	}

	/**
	 * The calls from the verb on to the session, when a request is sent first.
	 */
	private List<String> calls(String request, Runnable verb) {
		List<String> calls = new ArrayList<>();
		this.source.meddle((method) -> {
			if (method.equals(request) && calls.isEmpty()) {
				StackWalker.getInstance()
					.forEach((frame) -> calls.add(frame.getClassName() + "." + frame.getMethodName()));
			}
		});
		verb.run();
		List<Boolean> session = calls.stream().map((call) -> call.startsWith(SdkSession.class.getName())).toList();
		assertThat(session).contains(true);
		List<String> toSession = calls.subList(session.lastIndexOf(true), calls.size());
		return toSession.stream().takeWhile((call) -> !call.startsWith(CallDepthTests.class.getName())).toList();
	}

}
