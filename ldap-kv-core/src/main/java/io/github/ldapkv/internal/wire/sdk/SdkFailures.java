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

package io.github.ldapkv.internal.wire.sdk;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.wire.LostConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK says of a failure that is none of the server's, in words of our own: its
 * own repeat the request, with the passwords in it.
 *
 * @param server the server, for the message
 * @param timeout how many milliseconds an answer is waited for at most
 */
public record SdkFailures(String server, int timeout) {

	/**
	 * The failure as others may see it. An answer of the server stays as it is.
	 */
	public LDAPException of(LDAPException ex) {
		if (!ex.getResultCode().isClientSideResultCode()) {
			return ex;
		}
		IOException cause = cause(ex);
		if (cause != null) {
			return of(cause);
		}
		return switch (ex.getResultCode().intValue()) {
			case ResultCode.TIMEOUT_INT_VALUE -> timedOut(this.timeout);
			case ResultCode.SERVER_DOWN_INT_VALUE, ResultCode.CONNECT_ERROR_INT_VALUE -> closed();
			case ResultCode.DECODING_ERROR_INT_VALUE ->
				lost(ResultCode.DECODING_ERROR, "The answer of the server cannot be read");
			default -> new LDAPException(ex.getResultCode(), "The request cannot be sent");
		};
	}

	/**
	 * A failure of a connection that is there.
	 */
	LDAPException of(IOException ex) {
		if (isInterruption(ex)) {
			return interrupted(ex);
		}
		return (ex instanceof SocketTimeoutException) ? timedOut(this.timeout)
				: new LostConnectionException(ResultCode.SERVER_DOWN, this.server, "The connection has failed", ex);
	}

	/**
	 * A failure to have a connection, as the SDK says it.
	 * @param server the host and the port
	 */
	public static LDAPException ofConnecting(LDAPException ex, String server) {
		IOException cause = cause(ex);
		return ofConnecting((cause != null) ? cause : new SocketTimeoutException("Connect timed out"), server);
	}

	/**
	 * A failure to have a connection.
	 * @param server the host and the port
	 */
	public static LDAPException ofConnecting(IOException ex, String server) {
		if (isInterruption(ex)) {
			return interrupted(ex);
		}
		return new LDAPException((ex instanceof SocketTimeoutException) ? ResultCode.TIMEOUT : ResultCode.SERVER_DOWN,
				server, ex);
	}

	/**
	 * There is no answer: the server has closed the connection.
	 */
	LDAPException closed() {
		return lost(ResultCode.SERVER_DOWN, "The server has closed the connection");
	}

	/**
	 * An answer that nobody has asked for: a notice of disconnection (RFC 4511, section
	 * 4.4.1), or nonsense.
	 */
	LDAPException ended() {
		return lost(ResultCode.SERVER_DOWN, "The server has ended the connection");
	}

	/**
	 * There is no answer in so many milliseconds.
	 */
	LDAPException timedOut(long millis) {
		return lost(ResultCode.TIMEOUT, "LDAP response read timed out, timeout used: " + millis + " ms");
	}

	private LDAPException lost(ResultCode code, String reason) {
		return new LostConnectionException(code, this.server, reason, null);
	}

	private static boolean isInterruption(IOException ex) {
		return ex instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted();
	}

	private static LDAPException interrupted(IOException ex) {
		return new LDAPException(ResultCode.USER_CANCELED, "Interrupted", ex);
	}

	/**
	 * What is at the bottom of it: the SDK wraps its own exceptions too.
	 */
	private static @Nullable IOException cause(Throwable ex) {
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException found && !(cause.getCause() instanceof LDAPException)) {
				return found;
			}
		}
		return null;
	}

}
