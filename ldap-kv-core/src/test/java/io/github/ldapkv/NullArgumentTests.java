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

import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Executable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.ldapkv.contract.NullArguments;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.observation.DefaultLdapKeyValueObservationConvention;
import io.github.ldapkv.observation.LdapKeyValueObservationContext;
import io.github.ldapkv.observation.LdapKeyValueObservationConvention;
import io.github.ldapkv.pool.PoolListener;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.pool.RoleState;
import io.github.ldapkv.pool.ServerCheck;
import io.github.ldapkv.pool.ServerState;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.pool.LdapConnectionPoolBuilder;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.micrometer.observation.ObservationRegistry;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.LdapChangeListener;
import io.github.ldapkv.watch.LdapWatch;
import io.github.ldapkv.watch.WatchCheckpoint;
import io.github.ldapkv.watch.WatchErrorHandler;
import io.github.ldapkv.watch.WatchState;
import org.junit.jupiter.api.Test;

import org.springframework.ldap.core.AuthenticationSource;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.core.support.DirContextAuthenticationStrategy;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.ldap.core.support.SimpleDirContextAuthenticationStrategy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a user can give that must not be {@code null} is refused if it is, by an
 * exception that says so, and before anything is sent: nobody listens here.
 */
class NullArgumentTests {

	/**
	 * What the library makes and hands out, and what users implement.
	 */
	private static final Set<Class<?>> NOT_CALLED_BY_USERS = Set.of(StoreInfo.class, StoreInfo.Schema.class,
			PoolStatistics.class, RoleState.class, ServerState.class, ServerCheck.class, PoolListener.class,
			LdapBulk.Progress.class, WatchState.class, WatchState.Source.class, WatchState.Counts.class,
			WatchCheckpoint.class, WatchCheckpoint.Content.class, WatchErrorHandler.class, LdapChangeListener.class,
			LdapChange.class, LdapWatch.class, LdapLdif.Loaded.class, LdapKeyValueObservationContext.class,
			LdapKeyValueObservationConvention.class, DefaultLdapKeyValueObservationConvention.class,
			BulkWriteException.class, UnknownOutcomeException.class);

	/**
	 * What the JDK and Spring LDAP say what is done with {@code null}.
	 */
	private static final Set<String> ELSEWHERE = Set.of("valueOf", "compareTo", "getContext");

	private final Map<Class<?>, Object> samples = new LinkedHashMap<>();

	@Test
	void whatIsNullIsRefused() {
		LdapContextSource source = new LdapContextSource();
		source.setUrl("ldap://localhost:1");
		source.setBase("dc=test,dc=org");
		source.setUserDn("cn=admin");
		source.setPassword("secret");
		source.afterPropertiesSet();
		LdapKeyValueTemplate store = new LdapKeyValueTemplate(source);
		LdapKey key = LdapKey.of("/cn=a");
		LdapValue value = LdapValue.of(Map.of("cn", "a"));
		LdapConnectionPoolBuilder pool = LdapConnectionPool.builder(List.of("ldap://localhost:1"));
		for (Object sample : List.of(source, store, key, value, pool, value.toBuilder(), KeyQuery.of("/*"),
				new LdapEntry(key, "cn=a", value, null), Version.of("etag=1"), new LdapPatch(), LdapBulk.on(store),
				LdapLdif.on(store), LdapWatch.on(store), LdapKeyValueTemplate.builder(source),
				ServerCapabilities.unknown(), new LdapKeyValueTransactionManager(store), Feature.ASSERTION,
				pool.build(), store.ifUnchanged(Version.of("etag=1")))) {
			this.samples.put(sample.getClass(), sample);
		}
		this.samples.put(LdapKeyValueOperations.class, store);
		this.samples.put(ConditionalOperations.class, store.ifUnchanged(Version.of("etag=1")));
		this.samples.put(LdapTemplate.class, new LdapTemplate(source));
		this.samples.put(ContextSource.class, source);
		this.samples.put(CharSequence.class, key);
		this.samples.put(String.class, "cn");
		this.samples.put(Object.class, "cn");
		this.samples.put(Object[].class, new Object[] { "a" });
		this.samples.put(String[].class, new String[] { "cn" });
		this.samples.put(Map.class, Map.of("cn", "a"));
		this.samples.put(Collection.class, List.of("cn"));
		this.samples.put(Duration.class, Duration.ofSeconds(1));
		this.samples.put(PoolListener.class, new PoolListener() {
		});
		this.samples.put(Consumer.class, (Consumer<Object>) (given) -> {
		});
		this.samples.put(UnaryOperator.class, UnaryOperator.identity());
		this.samples.put(Supplier.class, (Supplier<Object>) () -> "x");
		this.samples.put(Path.class, Path.of("x"));
		this.samples.put(ThreadFactory.class, (ThreadFactory) Thread::new);
		this.samples.put(WatchErrorHandler.class, WatchErrorHandler.retrying(1));
		this.samples.put(LdapChangeListener.class, (LdapChangeListener) (change) -> {
		});
		this.samples.put(WatchCheckpoint.class, new WatchCheckpoint() {

			@Override
			public Optional<InputStream> read() {
				return Optional.empty();
			}

			@Override
			public void write(Content content) {
			}

		});
		this.samples.put(Writer.class, new StringWriter());
		this.samples.put(Reader.class, new StringReader(""));
		this.samples.put(AuthenticationSource.class, source.getAuthenticationSource());
		this.samples.put(DirContextAuthenticationStrategy.class, new SimpleDirContextAuthenticationStrategy());
		this.samples.put(ObservationRegistry.class, ObservationRegistry.create());
		this.samples.put(LdapKeyValueObservationConvention.class, new DefaultLdapKeyValueObservationConvention());
		NullArguments check = new NullArguments(this::sample, ELSEWHERE);
		for (Class<?> type : NullArguments.publicTypes(LdapKeyValueOperations.class)) {
			if (type == LdapTransaction.class) {
				store.atomically((tx) -> {
					this.samples.put(LdapTransaction.class, tx);
					check.check(type);
				});
			}
			else if (!NOT_CALLED_BY_USERS.contains(type) && !type.getPackageName().contains(".internal")) {
				check.check(type);
			}
		}
		assertThat(check.wrong()).isEmpty();
		assertThat(check.calls()).isGreaterThan(100);
	}

	/**
	 * A text is the name of an attribute in most places.
	 */
	private Object sample(Class<?> type, Executable executable) {
		if (type == String.class && executable.getName().equals("of")) {
			return (executable.getDeclaringClass() == LdapKey.class) ? "/cn={cn}" : "/*";
		}
		if (type == String.class && executable.getName().equals("export")) {
			return "/*";
		}
		if (type.isEnum()) {
			return type.getEnumConstants()[0];
		}
		Object sample = this.samples.get(type);
		if (sample == null) {
			throw new IllegalStateException("No sample of " + type);
		}
		return sample;
	}

}
