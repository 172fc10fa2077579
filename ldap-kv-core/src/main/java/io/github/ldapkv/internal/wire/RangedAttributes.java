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

package io.github.ldapkv.internal.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the rest of an attribute of which the server sends the first values only.
 * Active Directory sends a {@code member} of more than 1,500 values empty, and beside it
 * {@code member;range=0-1499}.
 */
public final class RangedAttributes {

	private static final Pattern RANGE = Pattern.compile("(.+);range=(\\d+)-(\\d+|\\*)", Pattern.CASE_INSENSITIVE);

	private RangedAttributes() {
	}

	/**
	 * Whether an attribute of such a name is a part of one.
	 */
	public static boolean isPart(String name) {
		return RANGE.matcher(name).matches();
	}

	/**
	 * Puts whole attributes in the place of parts.
	 * @param session the connection, on which a search may be under way
	 * @return the entry with whole attributes
	 */
	public static Entry complete(Session session, SearchResultEntry found) throws LDAPException {
		Entry entry = found;
		for (Attribute attribute : found.getAttributes()) {
			Matcher range = (attribute.getName().indexOf(';') >= 0) ? RANGE.matcher(attribute.getName()) : null;
			if (range != null && range.matches()) {
				entry = (entry == found) ? found.duplicate() : entry;
				entry.removeAttribute(attribute.getName());
				entry.setAttribute(whole(session, DistinguishedName.ofServerDn(found.getDN()).dn(), attribute, range));
			}
		}
		return entry;
	}

	private static Attribute whole(Session session, String dn, Attribute part, Matcher range) throws LDAPException {
		String description = range.group(1);
		List<byte[]> values = new ArrayList<>();
		Attribute current = part;
		Matcher currentRange = range;
		long next = 0;
		while (current != null) {
			values.addAll(Arrays.asList(current.getValueByteArrays()));
			boolean last = "*".equals(currentRange.group(3));
			long end = last ? Integer.MAX_VALUE : number(currentRange.group(3));
			if (number(currentRange.group(2)) != next || end < next || current.size() == 0 && !last) {
				throw new LDAPException(ResultCode.LOCAL_ERROR, "The server sent '" + Excerpt.of(current.getName())
						+ "', which is not the part " + "of an attribute that begins with value " + next);
			}
			if (last) {
				break;
			}
			next = end + 1;
			current = read(session, dn, description + ";range=" + next + "-*");
			if (current != null) {
				currentRange = RANGE.matcher(current.getName());
				if (!currentRange.matches()) {
					throw new LDAPException(ResultCode.LOCAL_ERROR,
							"The server sent '" + Excerpt.of(current.getName()) + "' for a part of an attribute");
				}
			}
		}
		return new Attribute(description, values.toArray(byte[][]::new));
	}

	/**
	 * A position in an attribute, of which no server holds more values than this.
	 * @return the number; -1 if it is beyond
	 */
	private static long number(String digits) {
		try {
			return Integer.parseInt(digits);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	private static @Nullable Attribute read(Session session, String dn, String description) throws LDAPException {
		SearchResultEntry found = session.read(new SearchRequest(dn, SearchScope.BASE, Session.ANY_ENTRY, description));
		if (found == null) {
			throw new LDAPException(ResultCode.NO_SUCH_OBJECT,
					"The entry is gone, or hidden, before all values of an attribute were read");
		}
		for (Attribute attribute : found.getAttributes()) {
			if (RANGE.matcher(attribute.getName()).matches()) {
				return attribute;
			}
		}
		return null;
	}

}
