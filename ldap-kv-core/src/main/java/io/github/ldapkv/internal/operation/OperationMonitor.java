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

/**
 * Is told of every operation of a store that goes to the directory, once each, however
 * many requests and attempts it takes.
 */
public interface OperationMonitor {

	/**
	 * Watches nothing.
	 */
	OperationMonitor NONE = new OperationMonitor() {

		@Override
		public <T> T watch(Operation operation, Supplier<T> call) {
			return call.get();
		}

		@Override
		public OperationWatch begin(Operation operation) {
			return OperationWatch.NONE;
		}

	};

	/**
	 * Runs an operation, and lets its result or failure through.
	 */
	<T> T watch(Operation operation, Supplier<T> call);

	/**
	 * Begins to watch an operation that goes on, part by part, until it is ended.
	 */
	OperationWatch begin(Operation operation);

}
