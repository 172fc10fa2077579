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
import java.util.stream.IntStream;

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.ldap.core.ContextSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Many reads over one connection, by {@code getAll} on a server that finds no entries by
 * DN. Each wire does it in its own way.
 */
@Timeout(60)
public abstract class ManyReadsTests {

	private static final LdapKey BASE = LdapKey.of("/" + TestDirectory.SUFFIX);

	private EmbeddedDirectory server;

	private TcpProxy proxy;

	private LdapKeyValueTemplate store;

	private final List<LdapKey> keys = new ArrayList<>();

	/**
	 * The connections of the wire.
	 */
	protected abstract ContextSource source(EmbeddedDirectory directory, String url);

	@BeforeEach
	void start() {
		this.server = new EmbeddedDirectory();
		this.proxy = new TcpProxy(this.server.host(), this.server.port());
		this.store = new LdapKeyValueTemplate(source(this.server, this.proxy.url()));
		IntStream.range(0, 50).forEach((i) -> {
			LdapKey key = BASE.child("ou", "u" + i);
			this.keys.add(key);
			if (i % 2 == 0) {
				this.store.put(key, Map.of("objectClass", "organizationalUnit", "description", i));
			}
		});
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.proxy.close();
		this.server.close();
	}

	@Test
	void everyKeyIsReadOnceAndOverOneConnection() {
		assertThat(this.server.requestsDuring(() -> {
			Map<LdapKey, LdapValue> values = this.store.getAll(this.keys);
			assertThat(values).hasSize(25);
			values.forEach((key, value) -> assertThat(value).isEqualTo(this.store.getRequired(key)));
		})).hasSize(75);
		assertThat(values()).containsExactlyElementsOf(IntStream.range(0, 25).mapToObj((i) -> "" + 2 * i).toList());
	}

	private List<String> values() {
		return this.store.getAll(this.keys)
			.values()
			.stream()
			.map((value) -> value.text("description").orElseThrow())
			.toList();
	}

	@Test
	void noThreadOutlivesTheCall() {
		this.store.getAll(this.keys);
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("ldapkv-read");
	}

	@Test
	void aFailureOfOneReadIsTheFailureOfAll() {
		this.store.getAll(this.keys);
		this.proxy.swallow(true);
		Thread cutter = new Thread(() -> {
			try {
				// In the middle of the reads, mostly; at any other moment they fail too.
				Thread.sleep(200);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			// What was swallowed gets through to nobody.
			this.server.close();
			this.proxy.close();
		});
		cutter.start();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.store.getAll(this.keys));
	}

	@Test
	void anInterruptEndsIt() throws InterruptedException {
		this.store.getAll(this.keys);
		this.proxy.swallow(true);
		List<Object> seen = new ArrayList<>();
		Thread caller = new Thread(() -> {
			try {
				this.store.getAll(this.keys);
			}
			catch (DataAccessException ex) {
				seen.add(ex);
				seen.add(Thread.currentThread().isInterrupted());
			}
		});
		caller.start();
		// In the middle of the reads, mostly; at any other moment they end too.
		Thread.sleep(200);
		caller.interrupt();
		caller.join(10_000);
		assertThat(caller.isAlive()).isFalse();
		assertThat(seen).hasSize(2).contains(true);
	}

}
