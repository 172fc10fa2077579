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

package io.github.ldapkv.internal.key;

import org.jspecify.annotations.Nullable;

/**
 * Reads the DNs of the results of one search. Most results stand below the same entry as
 * the one before, whose name is then read once, and shared.
 */
public final class ResultNames {

	/**
	 * What came last behind a leaf, as the server spelled it.
	 */
	private @Nullable String parentDn;

	private DistinguishedName parent = DistinguishedName.ROOT;

	/**
	 * Reads a DN as a server sends it.
	 * @throws IllegalArgumentException as for {@link DistinguishedName#ofServerDn}
	 */
	public DistinguishedName read(String dn) {
		try {
			KeyParser.Leaf leaf = KeyParser.leaf(dn);
			if (leaf != null) {
				return parent(dn, leaf.end() + 1).child(leaf.rdn());
			}
		}
		catch (IllegalArgumentException ex) {
			// Only the whole says whether it is a DN that is read leniently.
		}
		return DistinguishedName.ofServerDn(dn);
	}

	private DistinguishedName parent(String dn, int start) {
		String known = this.parentDn;
		if (known == null || known.length() != dn.length() - start || !dn.startsWith(known, start)) {
			known = dn.substring(start);
			this.parent = DistinguishedName.of(KeyParser.parse(known));
			this.parentDn = known;
		}
		return this.parent;
	}

}
