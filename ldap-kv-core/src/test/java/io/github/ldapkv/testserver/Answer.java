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

package io.github.ldapkv.testserver;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.protocol.AddResponseProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a {@link LyingDirectory} to one request.
 */
public final class Answer {

	private static final String[] EXTENSIONS = { "1.3.6.1.1.21.1" };

	private static final String[] CONTROLS = { "1.3.6.1.1.12", "1.3.6.1.1.13.2", "1.2.840.113556.1.4.1413",
			"1.2.840.113556.1.4.805", "1.2.840.113556.1.4.319" };

	private final LDAPMessage request;

	private final OutputStream out;

	private final Socket socket;

	Answer(LDAPMessage request, OutputStream out, Socket socket) {
		this.request = request;
		this.out = out;
		this.socket = socket;
	}

	/**
	 * Sends a part of the answer.
	 * @param part the part
	 * @param controls its controls
	 * @throws IOException if the connection breaks
	 */
	public void send(ProtocolOp part, Control... controls) throws IOException {
		send(this.request.getMessageID(), part, controls);
	}

	/**
	 * Sends a message with an identifier of its own.
	 * @param id the identifier
	 * @param part what it says
	 * @param controls its controls
	 * @throws IOException if the connection breaks
	 */
	public void send(int id, ProtocolOp part, Control... controls) throws IOException {
		raw(bytes(id, part, controls));
	}

	/**
	 * Sends bytes.
	 * @param bytes the bytes
	 * @throws IOException if the connection breaks
	 */
	public void raw(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	/**
	 * The bytes of a part of the answer.
	 * @param part the part
	 * @param controls the controls that go with it
	 * @return its encoding
	 */
	public byte[] bytes(ProtocolOp part, Control... controls) {
		return bytes(this.request.getMessageID(), part, controls);
	}

	private static byte[] bytes(int id, ProtocolOp part, Control... controls) {
		return new LDAPMessage(id, part, controls).encode().encode();
	}

	/**
	 * Closes the connection.
	 * @throws IOException if it is closed
	 */
	public void hangUp() throws IOException {
		this.socket.close();
	}

	/**
	 * Sends a result.
	 * @param code the result code
	 * @param words the diagnostic message
	 * @param referrals URLs
	 * @throws IOException if the connection breaks
	 */
	public void result(int code, String words, String... referrals) throws IOException {
		send(result(this.request.getProtocolOpType(), code, words, List.of(referrals)));
	}

	/**
	 * An entry, as a part of the answer to a search.
	 * @param dn its name
	 * @return the entry
	 */
	public static ProtocolOp entry(String dn) {
		return new SearchResultEntryProtocolOp(dn, List.of(new Attribute("objectClass", "top", "organizationalUnit"),
				new Attribute("ou", "x"), new Attribute("description", "The entry " + dn)));
	}

	/**
	 * Ends a page.
	 * @param cookie what the next page is asked for by; empty after the last
	 * @throws IOException if the connection breaks
	 */
	public void endOfPage(String cookie) throws IOException {
		send(new SearchResultDoneProtocolOp(0, null, null, null),
				new SimplePagedResultsControl(0, new ASN1OctetString(cookie)));
	}

	/**
	 * Says yes.
	 * @throws IOException if the connection breaks
	 */
	public void truth() throws IOException {
		if (this.request.getProtocolOp() instanceof SearchRequestProtocolOp search) {
			if (search.getBaseDN().isEmpty()) {
				rootDse(CONTROLS);
				return;
			}
			send(entry((search.getScope() == SearchScope.BASE) ? search.getBaseDN() : "ou=x," + search.getBaseDN()));
		}
		switch (this.request.getProtocolOpType()) {
			case LDAPMessage.PROTOCOL_OP_TYPE_UNBIND_REQUEST -> hangUp();
			case LDAPMessage.PROTOCOL_OP_TYPE_ABANDON_REQUEST -> {
				// No answer is asked for.
			}
			default -> result(0, "");
		}
	}

	private void rootDse(String[] controls) throws IOException {
		List<Attribute> attributes = new ArrayList<>();
		attributes.add(new Attribute("objectClass", "top"));
		attributes.add(new Attribute("vendorName", "Liar"));
		attributes.add(new Attribute("supportedControl", controls));
		attributes.add(new Attribute("supportedExtension", EXTENSIONS));
		send(new SearchResultEntryProtocolOp("", attributes));
		result(0, "");
	}

	private static ProtocolOp result(byte request, int code, @Nullable String words, List<String> referrals) {
		return switch (request) {
			case LDAPMessage.PROTOCOL_OP_TYPE_BIND_REQUEST ->
				new BindResponseProtocolOp(code, null, words, referrals, null);
			case LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_REQUEST ->
				new SearchResultDoneProtocolOp(code, null, words, referrals);
			case LDAPMessage.PROTOCOL_OP_TYPE_ADD_REQUEST -> new AddResponseProtocolOp(code, null, words, referrals);
			case LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST ->
				new ModifyResponseProtocolOp(code, null, words, referrals);
			case LDAPMessage.PROTOCOL_OP_TYPE_DELETE_REQUEST ->
				new DeleteResponseProtocolOp(code, null, words, referrals);
			case LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_DN_REQUEST ->
				new ModifyDNResponseProtocolOp(code, null, words, referrals);
			case LDAPMessage.PROTOCOL_OP_TYPE_EXTENDED_REQUEST ->
				new ExtendedResponseProtocolOp(code, null, words, referrals, null, null);
			default -> throw new IllegalStateException("There is no result of request " + request);
		};
	}

}
