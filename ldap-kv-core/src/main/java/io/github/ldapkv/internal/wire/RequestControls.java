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

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import com.unboundid.ldap.sdk.controls.PostReadResponseControl;
import org.jspecify.annotations.Nullable;

/**
 * Controls of writes, and what comes back for them.
 */
public final class RequestControls {

	private RequestControls() {
	}

	/**
	 * Lets an operation be done only if the entry matches a filter (RFC 4528). It is
	 * critical, since a server that does not know it would ignore it.
	 */
	public static Control assertion(Filter filter) {
		return new AssertionRequestControl(filter, true);
	}

	/**
	 * Lets an operation be done only if the entry does not have an attribute.
	 */
	public static Control assertionOfAbsence(String attribute) {
		return assertion(Filter.createNOTFilter(Filter.createPresenceFilter(attribute)));
	}

	/**
	 * The entry in the answer to a post-read control (RFC 4527).
	 */
	public static @Nullable ReadOnlyEntry postRead(LDAPResult result) {
		Control response = result.getResponseControl(PostReadResponseControl.POST_READ_RESPONSE_OID);
		if (response == null) {
			return null;
		}
		try {
			return new PostReadResponseControl(response.getOID(), response.isCritical(), response.getValue())
				.getEntry();
		}
		catch (LDAPException ex) {
			throw new IllegalStateException("The server's answer to the post-read control is malformed", ex);
		}
	}

}
