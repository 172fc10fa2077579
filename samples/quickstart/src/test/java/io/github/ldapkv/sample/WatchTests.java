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

package io.github.ldapkv.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKey;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.autoconfigure.watch.LdapListener;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.LdapChangeListener;
import io.github.ldapkv.watch.LdapWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of docs/watch.md.
 */
class WatchTests {

	private static final Logger logger = LoggerFactory.getLogger(WatchTests.class);

	private static final Duration LONG = Duration.ofSeconds(30);

	@Test
	void everyExampleIsHere() {
		Document.of("docs/watch.md").assertExamplesAreIn(4, WatchTests.class);
	}

	@Test
	void aMapThatIsKeptByAWatch() {
		try (ConfigurableApplicationContext context = EmbeddedStore.start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueTemplate store = filled(context);
			Map<LdapKey, LdapValue> groups = new ConcurrentHashMap<>();

			LdapWatch watch = LdapWatch.on(store).start(KeyQuery.of("/ou=Groups/*"), (change) -> {
				switch (change.kind()) {
					case CREATED, CHANGED -> groups.put(change.key(), change.entry().orElseThrow().value());
					case MOVED -> {
						groups.remove(change.from());
						groups.put(change.key(), change.entry().orElseThrow().value());
					}
					case DELETED -> groups.remove(change.key());
					case CAUGHT_UP -> logger.info("{} groups", groups.size());
				}
			});

			try (watch) {
				assertThat(watch.awaitCaughtUp(LONG)).isTrue();
				assertThat(groups).hasSize(1);
				store.delete("/ou=Groups/cn=a");
				assertThat(watch.awaitCaughtUp(LONG)).isTrue();
				assertThat(groups).isEmpty();
			}
		}
	}

	@Test
	void aBeanThatListens() {
		try (ConfigurableApplicationContext context = EmbeddedStore.start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueTemplate store = filled(context);
			GroupCache cache = new GroupCache();
			try (LdapWatch watch = LdapWatch.on(store).start(KeyQuery.of("/ou=Groups/*"), cache::changed)) {
				assertThat(watch.awaitCaughtUp(LONG)).isTrue();
				store.move("/ou=Groups/cn=a", "/ou=Groups/cn=b");
				assertThat(watch.awaitCaughtUp(LONG)).isTrue();
				assertThat(cache.groups).containsOnlyKeys(LdapKey.of("/ou=Groups/cn=b"));
			}
		}
	}

	@Test
	void anErrorHandler() {
		try (ConfigurableApplicationContext context = EmbeddedStore.start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = filled(context);
			KeyQuery query = KeyQuery.of("/ou=Groups/*");
			LdapChangeListener listener = (change) -> {
				throw new IllegalArgumentException("It cannot be taken");
			};

			LdapWatch watch = LdapWatch.on(store)
				.errorHandler((change, failure, attempts) -> (failure instanceof IllegalArgumentException)
						? Optional.empty() : Optional.of(Duration.ofSeconds(1)))
				.start(query, listener);

			try (watch) {
				assertThat(watch.awaitCaughtUp(LONG)).isTrue();
				assertThat(watch.state().counts().untold()).isPositive();
				assertThat(watch.state().counts().failures()).isEqualTo(watch.state().counts().untold());
			}
		}
	}

	@Test
	void aCheckpoint(@TempDir Path directory) {
		try (ConfigurableApplicationContext context = EmbeddedStore.start("--spring.ldap.base=dc=test,dc=org")) {
			LdapKeyValueOperations store = filled(context);
			Path there = directory.resolve("groups.watch");
			watchWithCheckpoint(store, there);
			assertThat(Files.exists(there)).isTrue();
		}
	}

	private static void watchWithCheckpoint(LdapKeyValueOperations store, Path file) {
		KeyQuery query = KeyQuery.of("/ou=Groups/*");
		LdapChangeListener listener = (change) -> {
		};
		LdapWatch watch = LdapWatch.on(store).checkpoint(file).start(query, listener);
		watch.awaitCaughtUp(LONG);
		watch.close();
	}

	private static LdapKeyValueTemplate filled(ConfigurableApplicationContext context) {
		LdapKeyValueTemplate store = context.getBean(LdapKeyValueTemplate.class);
		EmbeddedStore.fill(store);
		store.put("/ou=Groups", Map.of("objectClass", "organizationalUnit"));
		store.put("/ou=Groups/cn=a", Map.of("objectClass", "groupOfNames", "member", "uid=jdoe"));
		return store;
	}

	@Component
	static class GroupCache {

		private final Map<LdapKey, LdapValue> groups = new ConcurrentHashMap<>();

		@LdapListener("/ou=Groups/*")
		void changed(LdapChange change) {
			switch (change.kind()) {
				case CREATED, CHANGED -> this.groups.put(change.key(), change.entry().orElseThrow().value());
				case MOVED -> {
					this.groups.remove(change.from());
					this.groups.put(change.key(), change.entry().orElseThrow().value());
				}
				case DELETED -> this.groups.remove(change.key());
				case CAUGHT_UP -> {
				}
			}
		}

	}

}
