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

import java.util.Objects;

import javax.naming.AuthenticationException;
import javax.naming.AuthenticationNotSupportedException;
import javax.naming.CommunicationException;
import javax.naming.NamingException;
import javax.naming.NoPermissionException;
import javax.naming.OperationNotSupportedException;
import javax.naming.ServiceUnavailableException;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

import org.springframework.ldap.support.LdapUtils;

/**
 * Failures to open a connection in the form that Spring LDAP has for them, with what the
 * wire says as their root cause.
 */
final class ConnectionRefusals {

	private ConnectionRefusals() {
	}

	static org.springframework.ldap.NamingException of(LDAPException ex) {
		NamingException failure = namingException(ex.getResultCode(), message(ex));
		failure.setRootCause(ex);
		return LdapUtils.convertLdapException(failure);
	}

	private static String message(LDAPException ex) {
		return ex.getResultCode().isClientSideResultCode() ? String.valueOf(ex.getMessage())
				: "[LDAP: error code " + ex.getResultCode().intValue() + " - "
						+ Objects.requireNonNullElse(ex.getDiagnosticMessage(), "") + "]";
	}

	private static NamingException namingException(ResultCode code, String message) {
		return switch (code.intValue()) {
			case ResultCode.INVALID_CREDENTIALS_INT_VALUE, ResultCode.AUTH_UNKNOWN_INT_VALUE ->
				new AuthenticationException(message);
			case ResultCode.AUTH_METHOD_NOT_SUPPORTED_INT_VALUE, ResultCode.STRONG_AUTH_REQUIRED_INT_VALUE,
					ResultCode.CONFIDENTIALITY_REQUIRED_INT_VALUE, ResultCode.INAPPROPRIATE_AUTHENTICATION_INT_VALUE ->
				new AuthenticationNotSupportedException(message);
			case ResultCode.INSUFFICIENT_ACCESS_RIGHTS_INT_VALUE -> new NoPermissionException(message);
			case ResultCode.UNWILLING_TO_PERFORM_INT_VALUE -> new OperationNotSupportedException(message);
			case ResultCode.BUSY_INT_VALUE, ResultCode.UNAVAILABLE_INT_VALUE ->
				new ServiceUnavailableException(message);
			case ResultCode.SERVER_DOWN_INT_VALUE, ResultCode.TIMEOUT_INT_VALUE, ResultCode.USER_CANCELED_INT_VALUE,
					ResultCode.DECODING_ERROR_INT_VALUE ->
				new CommunicationException(message);
			default -> new NamingException(message);
		};
	}

}
