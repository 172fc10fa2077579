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

package io.github.ldapkv.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import brave.Span;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.server.EmbeddedDirectory;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a tracer sees of a store.
 */
class TracingTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, BraveAutoConfiguration.class,
				MicrometerTracingAutoConfiguration.class, LdapAutoConfiguration.class,
				LdapKeyValueAutoConfiguration.class, LdapKeyValueObservationAutoConfiguration.class))
		.withBean(Spans.class)
		.withPropertyValues("management.tracing.sampling.probability=1.0")
		.withPropertyValues(Properties.of(EmbeddedDirectory.shared()));

	@Test
	void anOperationIsASpanBelowThatOfItsCaller() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(BraveTracer.class);
			LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
			Observation.createNotStarted("request", context.getBean(ObservationRegistry.class))
				.observe(() -> store.contains("/ou=None"));
			List<MutableSpan> spans = context.getBean(Spans.class).spans;
			assertThat(spans).extracting(MutableSpan::name).containsExactly("ldapkv contains", "request");
			MutableSpan operation = spans.get(0);
			assertThat(operation.parentId()).isEqualTo(spans.get(1).id());
			assertThat(operation.kind()).isEqualTo(Span.Kind.CLIENT);
			assertThat(operation.remoteServiceName()).isEqualTo("ldap");
			assertThat(operation.tags()).containsEntry("operation", "contains")
				.containsEntry("outcome", "success")
				.containsEntry("store", "ldapKeyValueTemplate")
				.doesNotContainKey("key");
		});
	}

	@Test
	void theKeyIsATagIfAPropertySaysSo() {
		this.contextRunner.withPropertyValues("ldapkv.observation.include-key=true").run((context) -> {
			context.getBean(LdapKeyValueOperations.class).contains("/ou=None");
			assertThat(context.getBean(Spans.class).spans).singleElement()
				.satisfies((span) -> assertThat(span.tag("key")).isEqualTo("/ou=None"));
		});
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
