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

import java.util.List;
import java.util.UUID;

import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.reading.EntryReader;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.NothingDoneException;
import io.github.ldapkv.internal.wire.RequestControls;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.ServerTransaction;
import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.server.ServerCapabilities.Feature;

/**
 * Finds out which write of a transaction has failed where the server does not tell, or
 * JNDI not what the server tells. The first writes are sent again in a transaction whose
 * last write is sure to fail, which does nothing either: if that one is the first to
 * fail, the others are not at fault.
 */
public final class TransactionAutopsy {

	private final EntryReader reader;

	public TransactionAutopsy(EntryReader reader) {
		this.reader = reader;
	}

	/**
	 * Finds the first write that fails.
	 * @param requests the writes
	 * @param first the name of the entry of the first of them
	 * @param code the result code of the transaction
	 * @return the index of the write, or -1 if it cannot be told
	 */
	public int culprit(Session session, List<WriteRequest> requests, DistinguishedName first, int code)
			throws LDAPException {
		DistinguishedName anchor = first;
		do {
			anchor = anchor.parent();
		}
		while (!anchor.isRoot() && !this.reader.exists(session, anchor.dn()));
		boolean asserts = code == ServerResult.NO_SUCH_OBJECT;
		if (anchor.isRoot() || asserts && !session.capabilities().has(Feature.ASSERTION)) {
			return -1;
		}
		int expected = asserts ? ServerResult.ASSERTION_FAILED : ServerResult.NO_SUCH_OBJECT;
		int good = 0;
		int bad = requests.size();
		while (bad - good > 1) {
			int middle = (good + bad) / 2;
			int result = result(session, requests.subList(0, middle), anchor, asserts);
			if (result == expected) {
				good = middle;
			}
			else if (result == code) {
				bad = middle;
			}
			else {
				return -1;
			}
		}
		return good;
	}

	private int result(Session session, List<WriteRequest> requests, DistinguishedName anchor, boolean asserts)
			throws LDAPException {
		ServerTransaction transaction = ServerTransaction.start(session);
		try {
			for (WriteRequest request : requests) {
				request.send(transaction.session());
			}
			if (asserts) {
				failByAssertion(transaction.session(), anchor);
			}
			else {
				transaction.session()
					.delete(new DeleteRequest(anchor.child(Rdn.of("cn", UUID.randomUUID().toString())).dn()));
			}
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			transaction.abort();
			return ServerResult.of(ex).code();
		}
		catch (RuntimeException | Error ex) {
			transaction.abandon(ex);
			throw ex;
		}
		try {
			transaction.commit();
		}
		catch (LDAPException ex) {
			if (ex instanceof NothingDoneException || ConnectionFailures.isBroken(ex)) {
				throw ex;
			}
			return ServerResult.of(ex).code();
		}
		throw new IllegalStateException("The server has done an impossible write");
	}

	private static void failByAssertion(Session session, DistinguishedName name) throws LDAPException {
		ModifyRequest impossible = new ModifyRequest(name.dn(),
				new Modification(ModificationType.REPLACE, "description"));
		impossible.addControl(RequestControls.assertionOfAbsence("objectClass"));
		session.modify(impossible);
	}

}
