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

package io.github.ldapkv.observation;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTemplateBuilder;
import io.github.ldapkv.LdapKeyValueTransactionManager;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.Version;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is observed of a store.
 */
class ObservationTests {

	private static final String UNIT = "/ou=Observed";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final LdapKeyValueTemplate store = store(this.registry, (builder) -> {
	});

	@AfterEach
	void close() {
		this.store.deleteTree(UNIT);
		this.store.close();
	}

	@Test
	void everyVerbIsObservedOnceByItsName() {
		Map<String, Runnable> verbs = verbs();
		assertThat(verbs.keySet()).containsExactlyInAnyOrderElementsOf(primitiveVerbs());
		verbs.forEach((verb, call) -> {
			this.registry.clear();
			call.run();
			TestObservationRegistryAssert.assertThat(this.registry)
				.as(verb)
				.hasNumberOfObservationsEqualTo(1)
				.hasSingleObservationThat()
				.hasNameEqualTo("ldapkv.operation")
				.hasContextualNameEqualTo("ldapkv " + verb)
				.hasLowCardinalityKeyValue("operation", verb)
				.hasLowCardinalityKeyValue("store", "observed")
				.doesNotHaveLowCardinalityKeyValueWithKey("outcome")
				.doesNotHaveError()
				.doesNotHaveHighCardinalityKeyValueWithKey("key")
				.hasBeenStarted()
				.hasBeenStopped();
		});
	}

	/**
	 * The schema is asked for once, by the first call that needs it.
	 */
	@Test
	void whatIsNoVerbHasANameOfItsOwn() throws IOException {
		LdapLdif.on(this.store).export(UNIT + "/**", new StringWriter());
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsEqualTo(2)
			.hasAnObservationWithAKeyValue("operation", "schema")
			.hasAnObservationWithAKeyValue("operation", "stream");
		assertObserved(this.store::serverCapabilities, "serverCapabilities");
		assertThat(Path.of("../docs/observability.md")).content(StandardCharsets.UTF_8)
			.contains("`serverCapabilities`", "`schema`")
			.contains(primitiveVerbs().stream().map((verb) -> "`" + verb + "`").toList());
	}

	@Test
	void aStreamIsObservedUntilItIsClosed() {
		this.store.put(UNIT, Map.of("objectClass", "organizationalUnit"));
		this.store.put(UNIT + "/ou=A", Map.of("objectClass", "organizationalUnit"));
		this.store.put(UNIT + "/ou=B", Map.of("objectClass", "organizationalUnit"));
		this.registry.clear();
		try (Stream<LdapEntry> entries = this.store.stream(KeyQuery.of(UNIT + "/*"))) {
			entries.iterator().next();
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasBeenStarted()
				.isNotStopped();
			assertThat(this.registry.getCurrentObservation()).isNull();
		}
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("operation", "stream")
			.doesNotHaveError()
			.hasBeenStopped();
	}

	@Test
	void aStreamThatFailsIsObservedUntilThen() {
		try (Stream<LdapEntry> entries = this.store.stream(KeyQuery.childrenOf("/ou=None"))) {
			assertThatExceptionOfType(DataRetrievalFailureException.class).isThrownBy(entries::toList);
			TestObservationRegistryAssert.assertThat(this.registry)
				.hasSingleObservationThat()
				.hasBeenStopped()
				.thenError()
				.isInstanceOf(DataRetrievalFailureException.class);
		}
		TestObservationRegistryAssert.assertThat(this.registry).hasNumberOfObservationsEqualTo(1);
	}

	@Test
	void conditionalWritesAreObservedByTheirVerb() {
		this.store.put(UNIT, Map.of("objectClass", "organizationalUnit"));
		Version first = this.store.getEntry(UNIT).orElseThrow().version();
		assertObserved(() -> this.store.ifUnchanged(first).put(UNIT, Map.of("description", "a")), "put");
		Version second = this.store.getEntry(UNIT).orElseThrow().version();
		assertObserved(() -> this.store.ifUnchanged(second).delete(UNIT), "delete");
	}

	@Test
	void aTransactionIsObservedWhenItCommits() {
		TransactionTemplate transactions = new TransactionTemplate(new LdapKeyValueTransactionManager(this.store));
		assertObserved(() -> transactions.executeWithoutResult((status) -> {
			this.store.put(UNIT, Map.of("objectClass", "organizationalUnit"));
			this.store.put(UNIT, Map.of("description", "a"));
		}), "atomically");
	}

	@Test
	void aFailureIsTheError() {
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.store.put("/ou=None/ou=Below", Map.of("objectClass", "organizationalUnit")));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasBeenStopped()
			.thenError()
			.isInstanceOf(DataIntegrityViolationException.class);
	}

	@Test
	void anEntryThatIsNotThereIsASuccess() {
		assertObserved(() -> assertThat(this.store.get("/ou=None")).isEmpty(), "get");
	}

	@Test
	void whatIsRefusedBeforeItIsSentIsNotObserved() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.get("ou=a/ou=b"));
		TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void theKeyIsShownIfThatIsWanted() {
		try (LdapKeyValueTemplate telling = store(this.registry, (builder) -> builder.observeKeys(true))) {
			telling.contains("/ou=None");
		}
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasHighCardinalityKeyValue("key", "/ou=None");
	}

	@Test
	void theConventionCanBeReplaced() {
		try (LdapKeyValueTemplate own = store(this.registry,
				(builder) -> builder.observationConvention(new TierConvention()))) {
			own.contains("/ou=None/ou=Below");
		}
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("directory.calls")
			.hasLowCardinalityKeyValue("operation", "contains")
			.hasLowCardinalityKeyValue("tier", "directory");
	}

	@Test
	void withoutAHandlerNothingIsMadeForAnObservation() {
		List<String> asked = new ArrayList<>();
		LdapKeyValueObservationConvention convention = new DefaultLdapKeyValueObservationConvention() {

			@Override
			public KeyValues getLowCardinalityKeyValues(LdapKeyValueObservationContext context) {
				asked.add(context.getOperation());
				return super.getLowCardinalityKeyValues(context);
			}

		};
		for (ObservationRegistry idle : List.of(ObservationRegistry.NOOP, ObservationRegistry.create())) {
			try (LdapKeyValueTemplate quiet = store(idle, (builder) -> builder.observationConvention(convention))) {
				assertThat(quiet.contains("/ou=None")).isFalse();
			}
		}
		assertThat(asked).isEmpty();
	}

	@Test
	void anEmptyNameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> store(this.registry, (builder) -> builder.name(" ")))
			.withMessageContaining("name");
	}

	private Map<String, Runnable> verbs() {
		Map<String, Object> unit = Map.of("objectClass", "organizationalUnit");
		String key = UNIT + "/ou=A";
		Map<String, Runnable> verbs = new LinkedHashMap<>();
		verbs.put("put", () -> this.store.put(UNIT, unit));
		verbs.put("putIfAbsent", () -> this.store.putIfAbsent(key, LdapValue.of(unit)));
		verbs.put("get", () -> this.store.get(key));
		verbs.put("getAll", () -> this.store.getAll(List.of(UNIT, key)));
		verbs.put("contains", () -> this.store.contains(key));
		verbs.put("replace", () -> this.store.replace(key, LdapValue.of(unit).toBuilder().set("l", "here").build()));
		verbs.put("patch", () -> this.store.patch(key, (patch) -> patch.set("description", "7")));
		verbs.put("increment", () -> this.store.increment(key, "description", 1));
		verbs.put("query", () -> this.store.query(UNIT + "/*"));
		verbs.put("keys", () -> this.store.keys(KeyQuery.of(UNIT + "/*")));
		verbs.put("count", () -> this.store.count(KeyQuery.of(UNIT + "/*")));
		verbs.put("stream", () -> {
			try (Stream<LdapEntry> entries = this.store.stream(KeyQuery.of(UNIT + "/*"))) {
				assertThat(entries).hasSize(1);
			}
		});
		verbs.put("move", () -> this.store.move(key, UNIT + "/ou=B"));
		verbs.put("createParents", () -> this.store.createParents(UNIT + "/ou=C/ou=D"));
		verbs.put("atomically", () -> this.store.atomically((tx) -> tx.put(UNIT, Map.of("l", "there"))));
		verbs.put("delete", () -> this.store.delete(UNIT + "/ou=C"));
		verbs.put("deleteTree", () -> this.store.deleteTree(UNIT));
		return verbs;
	}

	/**
	 * The operations that the others are written in terms of, and that go to the
	 * directory. {@code getEntry} is a {@code get} that keeps the version.
	 */
	private static Set<String> primitiveVerbs() {
		Set<String> verbs = new TreeSet<>();
		Arrays.stream(LdapKeyValueOperations.class.getMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()))
			.map(Method::getName)
			.forEach(verbs::add);
		verbs.removeAll(Set.of("getEntry", "ifUnchanged", "base"));
		return verbs;
	}

	private void assertObserved(Runnable call, String verb) {
		this.registry.clear();
		call.run();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsEqualTo(1)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("operation", verb)
			.doesNotHaveError()
			.hasBeenStopped();
	}

	private static LdapKeyValueTemplate store(ObservationRegistry registry,
			Consumer<LdapKeyValueTemplateBuilder> settings) {
		LdapKeyValueTemplateBuilder builder = LdapKeyValueTemplate
			.builder(EmbeddedDirectory.shared().pool().base(TestDirectory.SUFFIX).build())
			.name("observed")
			.observationRegistry(registry);
		settings.accept(builder);
		return builder.build();
	}

	static class TierConvention extends DefaultLdapKeyValueObservationConvention {

		@Override
		public String getName() {
			return "directory.calls";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(LdapKeyValueObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("tier", "directory");
		}

	}

}
