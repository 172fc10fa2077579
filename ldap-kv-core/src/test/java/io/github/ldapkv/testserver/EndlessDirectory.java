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
import java.util.List;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.CannedResponseRequestHandler;
import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import org.jspecify.annotations.Nullable;

/**
 * A directory that makes up its entries as it is asked for them, however many: they are
 * right below {@link #PARENT}. It does nothing else.
 */
public final class EndlessDirectory implements AutoCloseable {

	/**
	 * What the entries are below.
	 */
	public static final String PARENT = "ou=many,dc=org";

	private final LDAPListener listener;

	/**
	 * Starts a directory.
	 * @param entries how many entries it has
	 */
	public EndlessDirectory(int entries) {
		try {
			this.listener = new LDAPListener(new LDAPListenerConfig(0, new Handler(null, entries)));
			this.listener.startListening();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Where the directory listens.
	 * @return an LDAP URL
	 */
	public String url() {
		return "ldap://localhost:" + this.listener.getListenPort();
	}

	@Override
	public void close() {
		this.listener.shutDown(true);
	}

	private static final class Handler extends LDAPListenerRequestHandler {

		private static final String TEXT = "A description of some length. ".repeat(10);

		private final CannedResponseRequestHandler success = new CannedResponseRequestHandler();

		private final @Nullable LDAPListenerClientConnection connection;

		private final int entries;

		Handler(@Nullable LDAPListenerClientConnection connection, int entries) {
			this.connection = connection;
			this.entries = entries;
		}

		@Override
		public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection connection) {
			return new Handler(connection, this.entries);
		}

		@Override
		public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
			if (request.getScope() != SearchScope.ONE || !PARENT.equals(request.getBaseDN())) {
				return this.success.processSearchRequest(id, request, controls);
			}
			try {
				return new LDAPMessage(id, new SearchResultDoneProtocolOp(0, null, null, null), send(id, controls));
			}
			catch (LDAPException ex) {
				throw new IllegalStateException(ex);
			}
		}

		/**
		 * Sends a page, or all entries if pages are not asked for.
		 */
		private Control[] send(int id, List<Control> controls) throws LDAPException {
			for (Control control : controls) {
				if (SimplePagedResultsControl.PAGED_RESULTS_OID.equals(control.getOID())) {
					SimplePagedResultsControl page = new SimplePagedResultsControl(control.getOID(),
							control.isCritical(), control.getValue());
					int first = (page.getCookie().getValueLength() > 0)
							? Integer.parseInt(page.getCookie().stringValue()) : 0;
					int end = Math.min(this.entries, first + page.getSize());
					send(id, first, end);
					return new Control[] { new SimplePagedResultsControl(this.entries,
							(end < this.entries) ? new ASN1OctetString(Integer.toString(end)) : null) };
				}
			}
			send(id, 0, this.entries);
			return new Control[0];
		}

		private void send(int id, int first, int end) throws LDAPException {
			for (int i = first; i < end; i++) {
				sendEntry(id, i);
			}
		}

		private void sendEntry(int id, int number) throws LDAPException {
			if (this.connection != null) {
				this.connection.sendSearchResultEntry(id,
						new SearchResultEntryProtocolOp("cn=" + number + "," + PARENT,
								List.of(new Attribute("objectClass", "top", "organizationalRole"),
										new Attribute("cn", Integer.toString(number)),
										new Attribute("description", TEXT))));
			}
		}

		@Override
		public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
			return this.success.processAddRequest(id, request, controls);
		}

		@Override
		public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
			return this.success.processBindRequest(id, request, controls);
		}

		@Override
		public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
			return this.success.processCompareRequest(id, request, controls);
		}

		@Override
		public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
			return this.success.processDeleteRequest(id, request, controls);
		}

		@Override
		public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
			return this.success.processExtendedRequest(id, request, controls);
		}

		@Override
		public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
			return this.success.processModifyRequest(id, request, controls);
		}

		@Override
		public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
			return this.success.processModifyDNRequest(id, request, controls);
		}

	}

}
