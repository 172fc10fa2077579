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

package io.github.ldapkv.contract;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.server.ServerCapabilities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Notes which laws hold on which server, for {@code docs/compatibility.md}.
 */
public final class LawRecorder implements TestWatcher, AfterEachCallback {

	private static final Map<Class<?>, Recording> RECORDINGS = new LinkedHashMap<>();

	/**
	 * What was noted in this run, a recording for each server.
	 * @return the recordings
	 */
	public static synchronized Collection<Recording> recordings() {
		return RECORDINGS.values();
	}

	private static synchronized Recording recording(ExtensionContext context) {
		return RECORDINGS.computeIfAbsent(context.getRequiredTestClass(), Recording::new);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		Recording recording = recording(context);
		if (recording.capabilities == null && context.getRequiredTestInstance() instanceof StoreContract contract
				&& contract.store() instanceof LdapKeyValueTemplate store) {
			recording.product = contract.directory().product();
			recording.capabilities = store.serverCapabilities();
		}
	}

	@Override
	public void testSuccessful(ExtensionContext context) {
		recording(context).add(context.getRequiredTestMethod(), true);
	}

	@Override
	public void testFailed(ExtensionContext context, Throwable cause) {
		recording(context).add(context.getRequiredTestMethod(), false);
	}

	@Override
	public void testDisabled(ExtensionContext context, Optional<String> reason) {
		recording(context).add(context.getRequiredTestMethod(), false);
	}

	/**
	 * What was noted of one server.
	 */
	public static final class Recording {

		private final Class<?> contract;

		private final Map<String, Group> groups = new TreeMap<>();

		private String product = "";

		private @Nullable ServerCapabilities capabilities;

		Recording(Class<?> contract) {
			this.contract = contract;
		}

		private synchronized void add(Method test, boolean passed) {
			Arrays.stream(StoreContract.class.getInterfaces())
				.filter((laws) -> Arrays.stream(laws.getDeclaredMethods())
					.anyMatch((law) -> law.getName().equals(test.getName())))
				.findFirst()
				.ifPresent((laws) -> this.groups.computeIfAbsent(laws.getSimpleName(), (name) -> new Group())
					.add(test, laws, passed));
		}

		/**
		 * The tests that the server was tested by.
		 * @return the class
		 */
		public Class<?> contract() {
			return this.contract;
		}

		/**
		 * The server and its version.
		 * @return the product
		 */
		public String product() {
			return this.product;
		}

		/**
		 * What the store found out about the server.
		 * @return the capabilities
		 */
		public @Nullable ServerCapabilities capabilities() {
			return this.capabilities;
		}

		/**
		 * The laws by the group that they are tested in.
		 * @return the groups
		 */
		public Map<String, Group> groups() {
			return this.groups;
		}

	}

	/**
	 * The laws of one group on one server.
	 */
	public static final class Group {

		private final Map<String, Class<?>> differing = new TreeMap<>();

		private int passed;

		private int failed;

		private void add(Method test, Class<?> laws, boolean passed) {
			if (passed) {
				this.passed++;
			}
			else {
				this.failed++;
			}
			if (test.getDeclaringClass() != laws) {
				this.differing.put(test.getName(), test.getDeclaringClass());
			}
		}

		/**
		 * How many tests passed.
		 * @return their number
		 */
		public int passed() {
			return this.passed;
		}

		/**
		 * How many tests failed.
		 * @return their number
		 */
		public int failed() {
			return this.failed;
		}

		/**
		 * The tests that are others on this server, with the class that says why.
		 * @return the classes by the names of the tests
		 */
		public Map<String, Class<?>> differing() {
			return this.differing;
		}

	}

}
