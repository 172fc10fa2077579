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

package io.github.ldapkv.autoconfigure.diagnostics;

import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;

import javax.net.ssl.SSLException;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.autoconfigure.internal.BaseNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;

/**
 * Explains why an application that uses the store at its start cannot: what its directory
 * answers, or that it does not.
 */
final class DirectoryFailureAnalyzer extends AbstractFailureAnalyzer<DataAccessException> {

	private final ConfiguredDirectory directory;

	DirectoryFailureAnalyzer(Environment environment) {
		this.directory = ConfiguredDirectory.of(environment);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, DataAccessException cause) {
		String action = action(cause);
		return (action != null) ? new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause) : null;
	}

	/**
	 * What to do, if the store is what failed: its exceptions have an LDAPException as
	 * their cause, which those of other libraries do not.
	 */
	private @Nullable String action(DataAccessException ex) {
		if (ex instanceof BaseNotFoundException missing) {
			return BaseAdvice.of(this.directory, missing.base());
		}
		if (!(ex.getCause() instanceof LDAPException answer)) {
			return null;
		}
		if (findCause(ex, SSLException.class) != null) {
			return tlsAction(ex);
		}
		return switch (code(answer.getResultCode())) {
			case 8, 13 -> "Set 'ldapkv.start-tls' to true, or use ldaps:// in '" + this.directory.urlsName() + "'.";
			case 32, 53 -> BaseAdvice.of(this.directory, this.directory.base());
			case 34 -> "Check that '" + this.directory.usernameName()
					+ "' is a full DN, such as cn=app,dc=example,dc=org, and that the server knows the attributes in the "
					+ "base of the store and in the key.";
			case 48, 49 -> "Check '" + this.directory.usernameName() + "', which is a full DN on most servers, and '"
					+ this.directory.passwordName() + "'.";
			case 0 -> (ex instanceof DataAccessResourceFailureException || ex instanceof QueryTimeoutException)
					? connectionAction(ex) : null;
			default -> null;
		};
	}

	private String tlsAction(Throwable ex) {
		if (findCause(ex, CertPathBuilderException.class) != null
				|| findCause(ex, CertPathValidatorException.class) != null) {
			return "The JDK does not trust the certificate of the server. Define an SSL bundle with the certificate of "
					+ "the authority that issued it, such as\n\n    spring.ssl.bundle.pem.directory.truststore.certificate="
					+ "file:ca.crt\n    ldapkv.ssl.bundle=directory\n\nor renew the certificate, if it has expired.";
		}
		return "The server and the application do not agree on TLS. Check that the host in '"
				+ this.directory.urlsName() + "' is a name in the server's certificate, that the port speaks TLS "
				+ "(ldaps://, usually 636) or is upgraded to it (ldap:// with 'ldapkv.start-tls'), and the bundle that "
				+ "'ldapkv.ssl.bundle' names.";
	}

	private String connectionAction(Throwable ex) {
		String reason = (findCause(ex, UnknownHostException.class) != null)
				? "No such host is known: check its name in '" + this.directory.urlsName() + "'."
				: "Check that the server runs, that '" + this.directory.urlsName()
						+ "' has its host and port, and that no firewall is in between.";
		return reason + " If the application is to start without its directory, do not use the store at its start, "
				+ "and do not set 'ldapkv.check-on-startup'.";
	}

	/**
	 * The code of the server's answer; 0 if there was none.
	 */
	private static int code(ResultCode code) {
		return code.isClientSideResultCode() ? 0 : code.intValue();
	}

}
