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

package io.github.ldapkv.internal.operation;

import java.util.function.Supplier;

import io.github.ldapkv.observation.DefaultLdapKeyValueObservationConvention;
import io.github.ldapkv.observation.LdapKeyValueObservationContext;
import io.github.ldapkv.observation.LdapKeyValueObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each operation.
 */
public final class ObservingMonitor implements OperationMonitor {

	private final ObservationRegistry registry;

	private final @Nullable LdapKeyValueObservationConvention convention;

	private final LdapKeyValueObservationConvention defaultConvention;

	private final String store;

	public ObservingMonitor(ObservationRegistry registry, @Nullable LdapKeyValueObservationConvention convention,
			boolean includeKeys, String store) {
		this.registry = registry;
		this.convention = convention;
		this.defaultConvention = new DefaultLdapKeyValueObservationConvention(includeKeys);
		this.store = store;
	}

	@Override
	public <T> T watch(Operation operation, Supplier<T> call) {
		return this.registry.isNoop() ? call.get() : observation(operation).observe(call);
	}

	@Override
	public OperationWatch begin(Operation operation) {
		return this.registry.isNoop() ? OperationWatch.NONE : new ObservationWatch(observation(operation).start());
	}

	private Observation observation(Operation operation) {
		return Observation.createNotStarted(this.convention, this.defaultConvention,
				() -> new LdapKeyValueObservationContext(operation.verb().method(), operation.key(), this.store),
				this.registry);
	}

	/**
	 * An observation of an operation under way. It is not made the current one of a
	 * thread: its parts are many, and its caller does other things between them.
	 */
	private record ObservationWatch(Observation observation) implements OperationWatch {

		@Override
		public <T> T run(Supplier<T> part) {
			try {
				return part.get();
			}
			catch (RuntimeException | Error ex) {
				this.observation.error(ex);
				throw ex;
			}
		}

		@Override
		public void end() {
			this.observation.stop();
		}

	}

}
