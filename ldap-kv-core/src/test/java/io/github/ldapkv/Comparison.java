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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what calls give, or the classes of what they throw.
 */
final class Comparison {

	private static final int REMEMBERED = 12;

	private final List<String> trace = new ArrayList<>();

	private final Map<String, Integer> outcomes = new TreeMap<>();

	/**
	 * How often each verb ended in what.
	 */
	Map<String, Integer> outcomes() {
		return this.outcomes;
	}

	void same(String verb, Object key, Object argument, Runnable actual, Runnable expected) {
		same(verb, key + " " + argument, () -> {
			actual.run();
			return "done";
		}, () -> {
			expected.run();
			return "done";
		});
	}

	void same(String verb, Object arguments, Supplier<?> actual, Supplier<?> expected) {
		compare(verb, arguments, attempt(actual), attempt(expected));
	}

	/**
	 * Fails, with what was called before, if a call gave or threw something else than it
	 * had to.
	 */
	void compare(String verb, Object arguments, Object given, Object expected) {
		// A server may find first that the value is wrong.
		Object actual = (given instanceof Failure failure
				&& failure.exception() instanceof DataIntegrityViolationException && expected instanceof Failure other
				&& (other.exception() instanceof OptimisticLockingFailureException
						|| other.exception() instanceof DataRetrievalFailureException)) ? expected : given;
		if (actual instanceof Map<?, ?> one && expected instanceof Map<?, ?> other) {
			assertThat(one.keySet()).as("keys of %s", verb).isEqualTo(other.keySet());
			one.entrySet().removeIf((entry) -> entry.getValue().equals(other.get(entry.getKey())));
			other.keySet().retainAll(one.keySet());
		}
		this.trace.add(verb + " " + arguments + " -> " + expected);
		if (this.trace.size() > REMEMBERED) {
			this.trace.remove(0);
		}
		this.outcomes.merge(verb + ((expected instanceof Failure failure) ? " " + failure.name() : ""), 1,
				Integer::sum);
		assertThat(actual).as("%s", String.join("\n", this.trace)).isEqualTo(expected);
	}

	static Object attempt(Supplier<?> call) {
		try {
			return call.get();
		}
		catch (DataAccessException | IllegalArgumentException ex) {
			return new Failure(ex);
		}
	}

	/**
	 * An exception, of which its class counts.
	 */
	record Failure(RuntimeException exception) {

		String name() {
			return this.exception.getClass().getSimpleName();
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Failure failure && failure.exception.getClass() == this.exception.getClass();
		}

		@Override
		public int hashCode() {
			return this.exception.getClass().hashCode();
		}

		@Override
		public String toString() {
			return this.exception.toString();
		}

	}

}
