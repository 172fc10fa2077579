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

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Reads DNs as LDAPv2 wrote them (RFC 1779), which RFC 2253 asks for and RFC 4514 allows:
 * with values in quotes, semicolons and {@code OID.} prefixes. Servers send them, and
 * more that is not RFC 4514's, as they once were stored.
 */
final class LdapV2Name {

	private static final Pattern MARK = Pattern.compile("[\";]|(?:^|[,+])\\s*OID\\.", Pattern.CASE_INSENSITIVE);

	/**
	 * A whole DN in quotes is none.
	 */
	private static final Pattern QUOTED_PART = Pattern.compile("(^|[,;+])\\s*\"([A-Za-z0-9.-]+)=([^\"=]*)\"");

	private static final Pattern PREFIX = Pattern.compile("OID\\.", Pattern.CASE_INSENSITIVE);

	/**
	 * What stands for bytes that are no UTF-8 once they were decoded.
	 */
	private static final String REPLACEMENT = "\uFFFD";

	private LdapV2Name() {
	}

	/**
	 * Reads a key that is none by RFC 4514.
	 * @return the RDNs, the one nearest to the root first, or {@code null} if it is no
	 * such DN either
	 */
	static @Nullable List<Rdn> parseKey(String key) {
		if (key.startsWith("/") || !MARK.matcher(key).find() || Octets.halfOfPair(key) >= 0) {
			return null;
		}
		List<Rdn> rdns = parse(key);
		return (rdns != null && rdns.stream().allMatch((rdn) -> isName(rdn, key))) ? rdns : null;
	}

	/**
	 * Whether an entry may have such a name: each type once, and no value that is empty
	 * or has lost bytes that were escaped and are no UTF-8.
	 */
	private static boolean isName(Rdn rdn, String key) {
		return rdn.avas().stream().map(Rdn.Ava::foldedType).distinct().count() == rdn.avas().size() && rdn.avas()
			.stream()
			.map(Rdn.Ava::value)
			.noneMatch((value) -> value.isEmpty() || value.contains(REPLACEMENT) && !key.contains(REPLACEMENT));
	}

	/**
	 * Reads a DN as a server sends it.
	 * @return the RDNs, the one nearest to the root first, or {@code null} if it is none
	 */
	static @Nullable List<Rdn> parse(String dn) {
		try {
			List<Rdn> rdns = new ArrayList<>();
			for (RDN rdn : new DN(QUOTED_PART.matcher(dn).replaceAll("$1$2=\"$3\"")).getRDNs()) {
				List<Rdn.Ava> avas = avas(rdn);
				if (avas == null) {
					return null;
				}
				rdns.add(0, new Rdn(avas));
			}
			return rdns;
		}
		catch (LDAPException ex) {
			return null;
		}
	}

	private static @Nullable List<Rdn.Ava> avas(RDN rdn) {
		List<Rdn.Ava> avas = new ArrayList<>(1);
		for (int i = 0; i < rdn.getAttributeNames().length; i++) {
			String type = PREFIX.matcher(rdn.getAttributeNames()[i]).replaceFirst("");
			byte[] value = rdn.getByteArrayAttributeValues()[i];
			if (!AttributeNames.isTypeOfServer(type)) {
				return null;
			}
			avas.add((value.length > 0) ? Rdn.Ava.of(type, value) : Rdn.Ava.of(type, ""));
		}
		return avas;
	}

}
