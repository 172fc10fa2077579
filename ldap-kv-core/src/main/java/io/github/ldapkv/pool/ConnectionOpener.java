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

package io.github.ldapkv.pool;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import io.github.ldapkv.internal.wire.SentSecrets;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.internal.wire.sdk.ChannelSocket;
import io.github.ldapkv.internal.wire.sdk.LayeredSocket;
import io.github.ldapkv.internal.wire.sdk.MessageExchange;
import io.github.ldapkv.internal.wire.sdk.SdkConnection;
import io.github.ldapkv.internal.wire.sdk.SdkFailures;
import io.github.ldapkv.pool.PoolListener.BindOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens single connections: connects, starts TLS, binds.
 *
 * @param bind as whom they bind, and how
 * @param tls how they are encrypted
 * @param connectTimeout how long to wait for each part of it
 * @param readTimeout how long to wait for each answer from then on
 */
record ConnectionOpener(BindSettings bind, TlsSettings tls, Duration connectTimeout, Duration readTimeout,
		PoolEvents events) {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionOpener.class);

	/**
	 * The rules by which the host name of the URL is compared with the certificate (RFC
	 * 2830, section 3.6, as the JDK has them).
	 */
	private static final String HOST_NAMES_OF_LDAP = "LDAPS";

	/**
	 * Opens connections as an account, which bind with its password.
	 */
	ConnectionOpener as(String userDn, String password) {
		return new ConnectionOpener(this.bind.as(userDn, password), this.tls, this.connectTimeout, this.readTimeout,
				this.events);
	}

	/**
	 * Opens a connection.
	 * @throws LDAPException if the server does not answer, or refuses the account; before
	 * anything is sent if the account is none
	 */
	LdapConnection open(Server place) throws LDAPException {
		ServerUrl server = place.address().server();
		BindRequest request = this.bind.toBind();
		SSLContext trust = (server.encrypted() || this.tls.start()) ? this.tls.trust() : null;
		SdkFailures failures = new SdkFailures(place.toString(), timeout());
		ChannelSocket plain = null;
		LDAPConnection connection = null;
		boolean open = false;
		boolean connected = false;
		long began = System.nanoTime();
		try {
			plain = connect(place.address());
			Socket socket = plain;
			if (trust != null) {
				socket = encrypt(plain, server, trust, failures);
			}
			connection = new LDAPConnection(new PreparedSocket(socket), options());
			connect(connection, socket, place);
			connected = true;
			this.events.connected(began, true);
			bind(connection, request, failures);
			LdapConnection opened = new LdapConnection(new SdkConnection(connection, plain, socket, place.toString()),
					place, this.events);
			open = true;
			return opened;
		}
		catch (IOException ex) {
			throw SdkFailures.ofConnecting(ex, place.toString());
		}
		finally {
			if (!connected) {
				this.events.connected(began, false);
			}
			if (!open) {
				giveUp(plain, connection);
			}
		}
	}

	/**
	 * Nothing is said to a server that may not listen.
	 */
	private static void giveUp(@Nullable Socket socket, @Nullable LDAPConnection connection) {
		try {
			if (socket != null) {
				socket.close();
			}
		}
		catch (IOException ex) {
			logger.debug("A connection that was not opened could not be closed", ex);
		}
		if (connection != null) {
			connection.close();
		}
	}

	private void connect(LDAPConnection connection, Socket socket, Server place) throws LDAPException {
		try {
			ServerUrl server = place.address().server();
			connection.connect(server.host(), socket.getInetAddress(), server.port(), timeout());
		}
		catch (LDAPException ex) {
			throw SdkFailures.ofConnecting(ex, place.toString());
		}
	}

	private ChannelSocket connect(ServerAddress address) throws IOException {
		if (address.ip() == null) {
			throw new UnknownHostException("DNS has no address of it");
		}
		return ChannelSocket.connect(new InetSocketAddress(address.ip(), address.server().port()), timeout());
	}

	private Socket encrypt(Socket plain, ServerUrl server, SSLContext trust, SdkFailures failures)
			throws IOException, LDAPException {
		if (!server.encrypted()) {
			startTls(plain, failures);
		}
		SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(plain, server.host(), server.port(), true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm(HOST_NAMES_OF_LDAP);
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return new LayeredSocket(socket);
	}

	/**
	 * Asks for TLS (RFC 4511, section 4.14). What else comes in clear text is not read.
	 */
	private static void startTls(Socket socket, SdkFailures failures) throws LDAPException {
		MessageExchange exchange = new MessageExchange(socket, failures);
		exchange.send(List
			.of(new LDAPMessage(1, new ExtendedRequestProtocolOp(StartTLSExtendedRequest.STARTTLS_REQUEST_OID, null))));
		if (!(exchange.receive() instanceof LDAPResult result)) {
			throw new LDAPException(ResultCode.DECODING_ERROR, "The answer to StartTLS is none");
		}
		if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
			throw ServerResult.presentable(new LDAPException(result));
		}
	}

	private LDAPConnectionOptions options() {
		LDAPConnectionOptions options = new LDAPConnectionOptions();
		options.setUseSynchronousMode(true);
		options.setFollowReferrals(false);
		options.setResponseTimeoutMillis(this.readTimeout.toMillis());
		// An entry may be of any size.
		options.setMaxMessageSize(0);
		// To close is not to wait for what the other side has not taken yet.
		options.setUseLinger(false, 0);
		return options;
	}

	private void bind(LDAPConnection connection, BindRequest request, SdkFailures failures) throws LDAPException {
		request.setResponseTimeoutMillis(timeout());
		request.setFollowReferrals(false);
		this.bind.bind(request, () -> send(connection, request, failures));
	}

	/**
	 * Sends a request to bind. Whoever is told later that it was refused is not told the
	 * password either.
	 */
	private void send(LDAPConnection connection, BindRequest request, SdkFailures failures) throws LDAPException {
		long began = System.nanoTime();
		BindOutcome outcome = BindOutcome.FAILED;
		try {
			connection.bind(request);
			outcome = BindOutcome.ACCEPTED;
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isRefusedBind(ex)) {
				outcome = BindOutcome.REFUSED;
			}
			LDAPException failure = failures.of(ex);
			String password = password(request);
			throw ServerResult.presentable((password != null) ? SentSecrets.removedFrom(failure, password) : failure);
		}
		finally {
			// Another account, as that of somebody who logs in, is none of the pool's.
			if (this.bind.gate() != null) {
				this.events.bound(began, outcome);
			}
		}
	}

	private static @Nullable String password(BindRequest request) {
		return (request instanceof SimpleBindRequest simple && simple.getPassword() != null)
				? simple.getPassword().stringValue() : null;
	}

	private int timeout() {
		return Math.toIntExact(this.connectTimeout.toMillis());
	}

	@Override
	public String toString() {
		return "connections as " + this.bind.account().getPrincipal();
	}

}
