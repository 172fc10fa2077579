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

import io.github.ldapkv.pool.LdapConnectionPoolBuilder;

/**
 * Changes the connections of the auto-configured store before they are set up: as whom
 * they bind, for example. Beans of this type are called in their order, after the
 * properties have been applied. They are refused where the store has no pool of its own.
 */
@FunctionalInterface
public interface LdapConnectionPoolBuilderCustomizer {

	/**
	 * Changes the settings of the connections.
	 * @param builder the builder of the pool
	 */
	void customize(LdapConnectionPoolBuilder builder);

}
