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
 * What the connections of a {@link LdapConnectionPool} are doing.
 *
 * @param active how many are in use
 * @param idle how many are open and not in use
 * @param opening how many are being opened
 * @param max how many there are at most
 * @param waiting how many calls wait for one
 * @param created how many were opened so far
 */
public record PoolStatistics(int active, int idle, int opening, int max, int waiting, long created) {

	/**
	 * Adds those of another pool, or of another role of the same.
	 * @param other the others
	 * @return what all of them are doing
	 */
	public PoolStatistics and(PoolStatistics other) {
		return new PoolStatistics(this.active + other.active, this.idle + other.idle, this.opening + other.opening,
				this.max + other.max, this.waiting + other.waiting, this.created + other.created);
	}

}
