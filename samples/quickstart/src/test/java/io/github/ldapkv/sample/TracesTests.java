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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.Span;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueOperations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a tracer sees of an application with a store.
 */
class TracesTests {

	@Test
	void operationsAreSpansBelowThatOfTheirCaller() {
		try (ConfigurableApplicationContext context = start()) {
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			EmbeddedStore.fill(store);
			List<MutableSpan> spans = context.getBean(Spans.class).spans;
			spans.clear();
			Observation.createNotStarted("request", context.getBean(ObservationRegistry.class)).observe(() -> {
				store.put("/ou=People/uid=jdoe", Map.of("title", "Boss"));
				store.forEach(KeyQuery.of("/ou=People/*"), (entry) -> store.contains(entry.key()));
				assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.delete("/ou=People"));
			});
			assertThat(spans).extracting(MutableSpan::name)
				.containsExactly("ldapkv put", "ldapkv contains", "ldapkv contains", "ldapkv stream", "ldapkv delete",
						"request");
			MutableSpan request = spans.get(5);
			assertThat(spans).extracting(MutableSpan::traceId).containsOnly(request.traceId());
			assertThat(List.of(spans.get(0), spans.get(3), spans.get(4))).extracting(MutableSpan::parentId)
				.containsOnly(request.id());
			assertThat(spans.subList(0, 5)).allSatisfy((span) -> {
				assertThat(span.kind()).isEqualTo(Span.Kind.CLIENT);
				assertThat(span.remoteServiceName()).isEqualTo("ldap");
				assertThat(span.tags()).containsEntry("store", "ldapKeyValueTemplate").doesNotContainKey("key");
			});
			assertThat(spans.get(0).tags()).containsEntry("operation", "put");
			assertThat(spans.get(0).error()).isNull();
			assertThat(spans.get(4).error()).isInstanceOf(DataIntegrityViolationException.class);
		}
	}

	@Test
	void theKeyIsATagIfAPropertySaysSo() {
		try (ConfigurableApplicationContext context = start("--ldapkv.observation.include-key=true")) {
			context.getBean(LdapKeyValueOperations.class).contains("/ou=People");
			assertThat(context.getBean(Spans.class).spans).singleElement()
				.satisfies((span) -> assertThat(span.tag("key")).isEqualTo("/ou=People"));
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(EmbeddedStore.Application.class, Spans.class).web(WebApplicationType.NONE)
			.properties("spring.ldap.embedded.base-dn=dc=test,dc=org", "spring.ldap.base=dc=test,dc=org",
					"management.tracing.sampling.probability=1.0")
			.run(arguments);
	}

	static class Spans extends SpanHandler {

		private final List<MutableSpan> spans = new CopyOnWriteArrayList<>();

		@Override
		public boolean end(TraceContext context, MutableSpan span, Cause cause) {
			this.spans.add(new MutableSpan(span));
			return true;
		}

	}

}
