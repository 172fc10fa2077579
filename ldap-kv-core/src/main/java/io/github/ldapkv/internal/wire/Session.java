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

import java.util.List;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.server.ServerCapabilities;
import org.jspecify.annotations.Nullable;

/**
 * One connection, as a call of the store has it: the operations of RFC 4511, and what is
 * known of the server. It is lent to the call, and used by one thread at a time.
 * <p>
 * Names are absolute DNs. Every failure, of the server or of the connection, is an
 * {@link LDAPException}: with the server's result code, or with one that the SDK has for
 * what is the client's ({@link ConnectionFailures} tells them apart). Referrals are never
 * followed.
 */
public interface Session {

	/**
	 * Finds whatever is there.
	 */
	Filter ANY_ENTRY = Filter.createPresenceFilter("objectClass");

	/**
	 * Whether names are sent as they are, so that entries outside of the base of the
	 * context source, such as the root DSE, are reached.
	 */
	boolean hasNoBase();

	/**
	 * What is known of the server.
	 */
	ServerFacts server();

	/**
	 * What the server says of attributes and object classes.
	 */
	default DirectorySchema schema() {
		return server().schema();
	}

	/**
	 * What the server can do.
	 */
	default ServerCapabilities capabilities() {
		return server().capabilities();
	}

	/**
	 * Whether the server does what no standard foresees.
	 */
	default boolean has(Quirk quirk) {
		return server().quirks().contains(quirk);
	}

	/**
	 * The attribute of an entry that holds its own DN.
	 */
	default String dnAttribute() {
		return has(Quirk.HAS_A_NAME_OF_ITS_OWN_FOR_THE_DN) ? "distinguishedName" : "entryDN";
	}

	/**
	 * This connection with controls for each request, in addition to the request's own.
	 */
	Session withControls(Control... controls);

	/**
	 * Searches. Entries that only refer to another server come as entries where the call
	 * reads, and continuation references are left out.
	 * @param request the search, of whose response controls the last are kept
	 * @return the results as they come, which are read to their end: whoever closes them
	 * before may give the connection up
	 */
	SearchResults search(SearchRequest request) throws LDAPException;

	/**
	 * Reads the entry that a search of a base alone finds, also while another search is
	 * under way on the connection.
	 * @return the entry, or {@code null} if there is none
	 */
	@Nullable SearchResultEntry read(SearchRequest request) throws LDAPException;

	/**
	 * Reads many entries, without waiting for the answer to one before the next is asked
	 * for.
	 * @param requests searches of a base alone
	 * @return the entries in the order of the requests, {@code null} for each that is not
	 * there
	 */
	List<@Nullable SearchResultEntry> readAll(List<SearchRequest> requests) throws LDAPException;

	LDAPResult add(AddRequest request) throws LDAPException;

	LDAPResult modify(ModifyRequest request) throws LDAPException;

	/**
	 * Deletes an entry, at once or with the transaction that the request belongs to. A
	 * wire may not tell that it was not there.
	 */
	LDAPResult delete(DeleteRequest request) throws LDAPException;

	/**
	 * Deletes an entry, at once.
	 * @return whether it was there: of several callers that delete it one is told so
	 */
	boolean deleteIfThere(DeleteRequest request) throws LDAPException;

	LDAPResult modifyDn(ModifyDNRequest request) throws LDAPException;

	ExtendedResult extended(ExtendedRequest request) throws LDAPException;

	/**
	 * Waits for the server's answer to a request that asks for nothing.
	 */
	void roundTrip() throws LDAPException;

	/**
	 * Whether the server may have been sent a write since the call has the connection.
	 */
	boolean mayHaveWritten();

	/**
	 * Marks the connection as one that must not be used again, if it is one of a pool.
	 */
	void breakOff();

}
