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

package io.github.ldapkv.pool;

/**
 * What a pool is called.
 *
 * @param given the name that it was given; may be empty
 * @param server its first server
 */
record PoolName(String given, String server) {

	/**
	 * Names a pool.
	 * @param url the first URL
	 */
	static PoolName of(String given, String url) {
		return new PoolName(given, ServiceUrl.isOne(url) ? ServiceUrl.of(url).domain() : ServerUrl.of(url).address());
	}

	/**
	 * What its threads are called.
	 */
	String ofThreads(PoolRole role) {
		return "ldapkv-" + (this.given.isEmpty() ? "" : this.given + "-") + this.server
				+ ((role == PoolRole.READ) ? "-reads" : "");
	}

	/**
	 * What it is called in the log.
	 */
	@Override
	public String toString() {
		return this.given.isEmpty() ? "pool of " + this.server : this.given;
	}

}
