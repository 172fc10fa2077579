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

package io.github.ldapkv.internal.operation;

import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

import javax.net.ssl.SSLException;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.EarlierRefusal;
import io.github.ldapkv.internal.wire.LostConnectionException;
import io.github.ldapkv.internal.wire.NoServerException;
import io.github.ldapkv.internal.wire.ServerResult;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Turns failures into Spring's data access exceptions, each with a message that says what
 * happened and what to do about it.
 */
public final class FailureTranslator {

	private final String[] urls;

	private final BiFunction<String, LDAPException, DataAccessException> unknownOutcome;

	/**
	 * Creates a translator.
	 * @param urls where the servers are
	 * @param unknownOutcome makes the exception of a write of which nobody knows whether
	 * it was done, of its message and its cause
	 */
	public FailureTranslator(Collection<String> urls,
			BiFunction<String, LDAPException, DataAccessException> unknownOutcome) {
		this.urls = urls.toArray(String[]::new);
		this.unknownOutcome = unknownOutcome;
	}

	/**
	 * The URLs, without the passwords that somebody may have put into them.
	 */
	public List<String> urls() {
		return Arrays.stream(this.urls).map((url) -> url.replaceAll("//[^/]*@", "//")).toList();
	}

	public DataAccessException translate(Operation operation, LDAPException ex) {
		return translate(operation, ex, "");
	}

	/**
	 * Translates a failure.
	 * @param operation what was to be done
	 * @param ex the failure
	 * @param finding what the store found out about the cause; may be empty
	 */
	public DataAccessException translate(Operation operation, LDAPException ex, String finding) {
		ServerResult result = ServerResult.of(ex);
		if (result.code() == ServerResult.NO_ANSWER) {
			return noAnswer(operation, ex);
		}
		String remedy = finding.isEmpty() ? Remedies.of(result) : finding;
		String message = operation.failed() + answered(result) + earlier(ex) + "."
				+ (remedy.isEmpty() ? "" : " " + Excerpt.printable(remedy));
		LDAPException cause = ServerResult.presentable(ex);
		return Remedies.refusesAccount(result) ? new PermissionDeniedDataAccessException(message, cause)
				: exception(result.code(), message, cause);
	}

	private static String earlier(LDAPException ex) {
		return (ex instanceof EarlierRefusal refusal) ? String.format(Locale.ROOT,
				", %.1f s ago: the account is offered again in %.1f s, another one at once",
				refusal.age().toMillis() / 1e3, refusal.pause().toMillis() / 1e3) : "";
	}

	private static String answered(ServerResult result) {
		return "the server answered " + result.name()
				+ (result.diagnostic().isEmpty() ? "" : " and says \"" + Excerpt.ofWords(result.diagnostic()) + "\"");
	}

	/**
	 * The exception of a write after which the connection, or the server behind a
	 * gateway, was lost.
	 */
	public DataAccessException unknownOutcome(Operation operation, LDAPException ex) {
		ServerResult result = ServerResult.of(ex);
		String cause = (result.code() == ServerResult.NO_ANSWER)
				? "the connection was lost after the request was sent (" + reason(ex) + ")"
				: answered(result) + ", which a gateway also says when it has lost its server";
		return this.unknownOutcome.apply(
				operation.failed() + cause
						+ ". It is not known whether the server has done it: read the entry before you try again.",
				ServerResult.presentable(ex));
	}

	/**
	 * The exception for a result code (RFC 4511, appendix A; RFC 4528 for 122).
	 */
	private static DataAccessException exception(int code, String message, LDAPException cause) {
		return switch (code) {
			case 2, 10, 12, 18, 53, 54 -> new InvalidDataAccessResourceUsageException(message, cause);
			case 3 -> new QueryTimeoutException(message, cause);
			case 4, 11, 32, 33, 36 -> new DataRetrievalFailureException(message, cause);
			case 7, 8, 13, 48, 49, 50 -> new PermissionDeniedDataAccessException(message, cause);
			case 16, 17, 19, 20, 21, 64, 65, 66, 67, 69 -> new DataIntegrityViolationException(message, cause);
			case 34 -> new InvalidDataAccessApiUsageException(message, cause);
			case 51, 52 -> new TransientDataAccessResourceException(message, cause);
			case 68 -> new DuplicateKeyException(message, cause);
			case 122 -> new OptimisticLockingFailureException(message, cause);
			default -> new NonTransientDataAccessResourceException(message, cause);
		};
	}

	private DataAccessException noAnswer(Operation operation, LDAPException ex) {
		String reason = reason(ex);
		if (ConnectionFailures.isInterruption(ex)) {
			return new DataAccessResourceFailureException(
					operation.failed() + "the thread was interrupted before the answer came (" + reason + ").", ex);
		}
		if (ex.getResultCode().equals(ResultCode.AUTH_UNKNOWN)) {
			return new PermissionDeniedDataAccessException(operation.failed() + reason + ".", ex);
		}
		if (reason.toLowerCase(Locale.ROOT).contains("read timed out")) {
			return new QueryTimeoutException(operation.failed() + "no answer came in time: " + reason + ".", ex);
		}
		if (ex instanceof LostConnectionException) {
			return new DataAccessResourceFailureException(operation.failed() + "the connection was lost: " + reason
					+ ". The log of the server, or of a firewall on the way, may say why.", ex);
		}
		String asked = (ex instanceof NoServerException) ? "" : " at " + urls();
		return new DataAccessResourceFailureException(
				operation.failed() + "no server answers" + asked + ": " + reason + ". " + connectionRemedy(ex), ex);
	}

	private static String connectionRemedy(Throwable ex) {
		boolean tls = false;
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
				return "The certificate of the server is not trusted: let ldapkv.ssl.bundle name a bundle with the "
						+ "certificate of its authority.";
			}
			if (cause instanceof UnknownHostException) {
				return "No such host is known: check the URLs (spring.ldap.urls or ldapkv.urls).";
			}
			tls |= cause instanceof SSLException;
		}
		return tls
				? "Check that the host in the URL is a name in the server's certificate, and that the port speaks TLS."
				: "Check the URLs (spring.ldap.urls or ldapkv.urls) and that the server runs.";
	}

	/**
	 * The message of the exception and those of its causes that say something new,
	 * without a period at the end.
	 */
	private static String reason(Throwable ex) {
		StringBuilder reason = new StringBuilder();
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (message == null || message.isBlank()) {
				message = cause.getClass().getSimpleName();
			}
			if (reason.indexOf(message) < 0) {
				reason.append(reason.isEmpty() ? "" : ": ").append(message.strip());
			}
		}
		boolean period = !reason.isEmpty() && reason.charAt(reason.length() - 1) == '.';
		return Excerpt.ofWords(period ? reason.substring(0, reason.length() - 1) : reason.toString());
	}

}
