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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.LyingDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.PermissionDeniedDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A store on a server that lies, for tests: after each, no connection is in use, and the
 * store works once the server tells the truth.
 */
@Timeout(60)
abstract class LyingServer {

	static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

	static final String KEY = "/dc=org/ou=a";

	static final String WORDS = "words of the server";

	/**
	 * What a transaction says instead of a key, which it has no single one of.
	 */
	static final String TRANSACTION = "'a transaction of 1 write'";

	static final int BASE = 0;

	static final int ONE = 1;

	final LyingDirectory directory = new LyingDirectory();

	LdapConnectionPool pool;

	LdapKeyValueTemplate store;

	@BeforeEach
	void start() {
		this.pool = LdapConnectionPool.builder(List.of(this.directory.url()))
			.user("cn=admin", "s3cret")
			.connectTimeout(Duration.ofSeconds(1))
			.readTimeout(READ_TIMEOUT)
			.build();
		this.store = LdapKeyValueTemplate.builder(this.pool).pageSize(10).build();
	}

	@AfterEach
	void stop() {
		assertThat(this.pool.statistics().active()).as("connections leaked").isZero();
		this.directory.tellTheTruth();
		assertThat(isThere()).as("what is read afterwards").isTrue();
		this.store.close();
		this.directory.close();
	}

	/**
	 * Whether an entry is read. An account that was refused is not offered again at once.
	 */
	private boolean isThere() {
		long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (true) {
			try {
				return this.store.get(KEY).isPresent();
			}
			catch (PermissionDeniedDataAccessException ex) {
				if (System.nanoTime() > end) {
					throw ex;
				}
				LockSupport.parkNanos(10_000_000);
			}
		}
	}

	void answer(byte type, int code) {
		this.directory.lie((request, answer) -> {
			boolean asked = request.getProtocolOpType() == type;
			if (asked) {
				answer.result(code, WORDS);
			}
			return asked;
		});
	}

	void pagesAnswer(Part part) {
		this.directory.lie((request, answer) -> {
			boolean page = LyingDirectory.Lie.isSearch(request, ONE);
			if (page) {
				part.send(answer);
			}
			return page;
		});
	}

	static Throwable thrownBy(Runnable call) {
		return catchThrowableOfType(Throwable.class, call::run);
	}

	@FunctionalInterface
	interface Part {

		void send(Answer answer) throws IOException;

	}

}
