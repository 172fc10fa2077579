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

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.Rdn;

/**
 * The entry to write.
 *
 * @param operation what is done, for messages
 * @param absolute the absolute key
 */
public record Target(Operation operation, DistinguishedName absolute) {

	/**
	 * The absolute DN.
	 */
	public String dn() {
		return this.absolute.dn();
	}

	public Rdn rdn() {
		return this.absolute.rdns().get(this.absolute.depth() - 1);
	}

}
