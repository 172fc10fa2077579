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

package io.github.ldapkv.internal.wire.jndi;

import java.util.Arrays;
import java.util.Set;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.PreReadRequestControl;
import com.unboundid.ldap.sdk.controls.PreReadResponseControl;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Deletes entries, and says whether they were there. JNDI makes a success of the deletion
 * of an entry that is missing below one that is there; the pre-read control (RFC 4527)
 * tells the difference.
 */
final class JndiDeletion {

	/**
	 * What servers answer to a critical control that they do not know: Samba has a code
	 * of its own for it, and OpenLDAP's own configuration does not have what the rest of
	 * the server has.
	 */
	private static final Set<Integer> REFUSES_CONTROL = Set.of(ServerResult.OPERATIONS_ERROR,
			ServerResult.UNAVAILABLE_CRITICAL_EXTENSION);

	private JndiDeletion() {
	}

	/**
	 * Deletes an entry.
	 * @return whether this call did it. Where there is no pre-read control, and the
	 * server names the entry above one that is missing, several callers may be told so
	 */
	static boolean ofWhatIsThere(Session session, DeleteRequest request) throws LDAPException {
		ServerCapabilities capabilities = session.capabilities();
		// A server that says nothing of what it can do is tried.
		if (capabilities.has(Feature.PRE_READ) || capabilities.features().isEmpty()) {
			try {
				return andTell(session, request);
			}
			catch (LDAPException ex) {
				if (!REFUSES_CONTROL.contains(ServerResult.of(ex).code())) {
					throw ex;
				}
			}
		}
		SearchRequest read = new SearchRequest(request.getDN(), SearchScope.BASE, Session.ANY_ENTRY,
				SearchRequest.NO_ATTRIBUTES);
		return session.read(read) != null && delete(session, request) != null;
	}

	/**
	 * The control is sent as critical: a server that ignored it would let a deletion look
	 * as if there had been nothing to delete.
	 */
	private static boolean andTell(Session session, DeleteRequest request) throws LDAPException {
		Control[] controls = Arrays.copyOf(request.getControls(), request.getControls().length + 1);
		controls[controls.length - 1] = new PreReadRequestControl(true, SearchRequest.NO_ATTRIBUTES);
		LDAPResult result = delete(session, new DeleteRequest(request.getDN(), controls));
		return result != null && result.hasResponseControl(PreReadResponseControl.PRE_READ_RESPONSE_OID);
	}

	private static @Nullable LDAPResult delete(Session session, DeleteRequest request) throws LDAPException {
		try {
			return session.delete(request);
		}
		catch (LDAPException ex) {
			if (ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
				return null;
			}
			throw ex;
		}
	}

}
