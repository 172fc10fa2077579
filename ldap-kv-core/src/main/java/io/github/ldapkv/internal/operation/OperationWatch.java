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
 * An operation under way.
 */
public interface OperationWatch {

	/**
	 * Watches nothing.
	 */
	OperationWatch NONE = new OperationWatch() {

		@Override
		public <T> T run(Supplier<T> part) {
			return part.get();
		}

		@Override
		public void end() {
			// There is nothing to end.
		}

	};

	/**
	 * Runs a part, and lets its result or failure through.
	 */
	<T> T run(Supplier<T> part);

	/**
	 * Is called once.
	 */
	void end();

	/**
	 * Runs the first part, whose failure is the end.
	 */
	default <T> T runFirst(Supplier<T> part) {
		boolean done = false;
		try {
			T result = run(part);
			done = true;
			return result;
		}
		finally {
			if (!done) {
				end();
			}
		}
	}

}
