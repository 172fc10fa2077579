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

package io.github.ldapkv.internal.writing;

import java.util.Arrays;
import java.util.Set;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.controls.PreReadRequestControl;
import com.unboundid.ldap.sdk.controls.PreReadResponseControl;
import io.github.ldapkv.internal.reading.EntryReader;
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
public final class EntryDeleter {

	/**
	 * What servers answer to a critical control that they do not know: Samba has a code
	 * of its own for it.
	 */
	private static final Set<Integer> REFUSES_CONTROL = Set.of(ServerResult.OPERATIONS_ERROR,
			ServerResult.UNAVAILABLE_CRITICAL_EXTENSION);

	private final EntryReader reader;

	/**
	 * Whether a server that says nothing of what it can do has refused the control.
	 */
	private volatile boolean refused;

	public EntryDeleter(EntryReader reader) {
		this.reader = reader;
	}

	/**
	 * Deletes an entry.
	 * @param controls what lets it be more than a leaf
	 * @return whether this call did it
	 */
	public boolean delete(Session session, String dn, Control... controls) throws LDAPException {
		ServerCapabilities capabilities = session.capabilities();
		// A server that says nothing of what it can do is tried.
		if (!this.refused && (capabilities.has(Feature.PRE_READ) || capabilities.features().isEmpty())) {
			try {
				return deleteAndTell(session, dn, controls);
			}
			catch (LDAPException ex) {
				if (!REFUSES_CONTROL.contains(ServerResult.of(ex).code())) {
					throw ex;
				}
				// OpenLDAP's own configuration does not have it, and the rest of the
				// server has.
				this.refused = capabilities.features().isEmpty();
			}
		}
		// Active Directory and ApacheDS do not name the entry above one that is missing,
		// so
		// that JNDI fails as it should, and one of several callers is told that it
		// deletes.
		// What success means of a server that does, and has no pre-read control, is known
		// by
		// the read only.
		return this.reader.exists(session, dn) && deleteIfThere(session, dn, controls) != null;
	}

	private static @Nullable LDAPResult deleteIfThere(Session session, String dn, Control... controls)
			throws LDAPException {
		try {
			return session.delete(new DeleteRequest(dn, controls));
		}
		catch (LDAPException ex) {
			if (ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
				return null;
			}
			throw ex;
		}
	}

	/**
	 * Deletes on a server that answers the pre-read control. It is sent as critical: a
	 * server that ignored it would let a deletion look as if there had been nothing to
	 * delete.
	 * @param others the controls besides
	 * @return whether this call did it
	 */
	public static boolean deleteAndTell(Session session, String dn, Control... others) throws LDAPException {
		Control[] controls = Arrays.copyOf(others, others.length + 1);
		controls[others.length] = new PreReadRequestControl(true, SearchRequest.NO_ATTRIBUTES);
		LDAPResult result = deleteIfThere(session, dn, controls);
		return result != null && result.hasResponseControl(PreReadResponseControl.PRE_READ_RESPONSE_OID);
	}

}
