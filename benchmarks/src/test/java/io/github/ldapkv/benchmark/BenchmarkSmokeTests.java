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

package io.github.ldapkv.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.ldapkv.testserver.EmbeddedDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Every benchmark runs once with every peer, which do the same.
 */
class BenchmarkSmokeTests {

	private static final int PEOPLE = 2 * People.GROUP_SIZE;

	private static EmbeddedDirectory directory;

	private static Session session;

	@BeforeAll
	static void open() throws Exception {
		directory = new EmbeddedDirectory();
		Path seed = Files.createTempFile("people", ".ldif");
		People.write(PEOPLE, seed);
		directory.server().importFromLDIF(false, seed.toString());
		Files.delete(seed);
		session = Session.open(
				new ServerAddress(directory.host(), directory.port(), directory.userDn(), directory.password()), PEOPLE,
				List.of(PeerKind.values()));
	}

	@AfterAll
	static void close() {
		session.close();
		directory.close();
	}

	@ParameterizedTest
	@EnumSource
	void peersAgree(Verb verb) {
		new Agreement(session).check(verb);
	}

	@ParameterizedTest
	@EnumSource
	void everyPeerRuns(Verb verb) {
		for (PeerKind kind : PeerKind.values()) {
			Turn.runOnce(verb, kind);
		}
	}

	/**
	 * What the embedded server does counts here too.
	 */
	@Test
	void aTurnTellsWhatItsCallsTook() {
		Score score = Turn.run(0, Verb.GET, PeerKind.STORE, 2, 200);
		assertThat(score.speed()).isPositive();
		assertThat(score.processor()).isPositive();
		assertThat(score.allocated() / score.calls()).isBetween(1000.0, 1_000_000.0);
	}

	@Test
	void aPeerThatReturnsSomethingElseIsFoundOut() {
		session.peers().put(PeerKind.SOCKET, new Liar(session.server()));
		try {
			for (Verb verb : List.of(Verb.GET, Verb.GET_ALL, Verb.STREAM, Verb.PUT)) {
				assertThatIllegalStateException().isThrownBy(() -> new Agreement(session).check(verb));
			}
		}
		finally {
			session.peers().put(PeerKind.SOCKET, PeerKind.SOCKET.open(session.server()));
		}
	}

	/**
	 * Leaves out an attribute, and writes nothing.
	 */
	private static final class Liar extends StorePeer {

		Liar(ServerAddress server) {
			super(server);
		}

		@Override
		public void put(String uid, String description) {
			// A write that does nothing is the fastest.
		}

		@Override
		public Map<String, Set<String>> attributes(Object entry) {
			Map<String, Set<String>> attributes = super.attributes(entry);
			attributes.remove("mail");
			return attributes;
		}

	}

}
