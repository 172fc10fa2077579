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

package io.github.ldapkv.testserver;

/**
 * ApacheDS in a container.
 */
public final class ApacheDsContainer extends TappedContainer<ApacheDsContainer> {

	private ApacheDsContainer() {
		super("apacheds");
		withEnv("APACHEDS_SUFFIX", SUFFIX);
	}

	/**
	 * The one server that all tests of a run share, started when first asked for.
	 * @return the running server
	 */
	public static ApacheDsContainer shared() {
		return Shared.CONTAINER;
	}

	@Override
	public String product() {
		return versionOfRootDse("ApacheDS");
	}

	@Override
	public String userDn() {
		return "uid=admin,ou=system";
	}

	@Override
	public String password() {
		return "secret";
	}

	private static final class Shared {

		private static final ApacheDsContainer CONTAINER = new ApacheDsContainer().started();

	}

}
