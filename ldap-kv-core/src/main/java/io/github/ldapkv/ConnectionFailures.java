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

package io.github.ldapkv;

import java.util.regex.Pattern;

import javax.naming.CommunicationException;
import javax.naming.InterruptedNamingException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;

/**
 * Tells what JNDI throws when a connection breaks from what a server answers. Its types
 * alone do not tell, and neither are they the same in all JDKs.
 */
final class ConnectionFailures {

	private static final Pattern TIMED_OUT = Pattern.compile("timed out", Pattern.CASE_INSENSITIVE);

	private static final Pattern CLOSED = Pattern.compile("connection.*closed|socket closed", Pattern.CASE_INSENSITIVE);

	private ConnectionFailures() {
	}

	/**
	 * Whether the connection is gone, or is to be given up.
	 */
	static boolean isBroken(NamingException ex) {
		int code = ServerResult.of(ex).code();
		return code == ServerResult.UNAVAILABLE || code == ServerResult.NO_ANSWER
				&& (ex instanceof CommunicationException || ex instanceof ServiceUnavailableException
						|| ex instanceof InterruptedNamingException || matches(TIMED_OUT, ex) || matches(CLOSED, ex));
	}

	/**
	 * Whether the server has refused a request, and so has done nothing of it.
	 */
	static boolean isRefusal(NamingException ex) {
		return ServerResult.of(ex).code() != ServerResult.NO_ANSWER && !isBroken(ex);
	}

	/**
	 * Whether the caller has waited for an answer in vain.
	 */
	static boolean isTimeout(NamingException ex) {
		return ServerResult.of(ex).code() == ServerResult.NO_ANSWER && matches(TIMED_OUT, ex);
	}

	/**
	 * Whether the same request may well succeed in a moment, so that nothing is to be
	 * concluded from its failure.
	 */
	static boolean isPassing(NamingException ex) {
		return isBroken(ex) || ServerResult.of(ex).code() == ServerResult.BUSY;
	}

	/**
	 * Whether the caller was interrupted, which says nothing about the server. JNDI
	 * clears the thread's interrupt flag; only the end of a virtual thread's socket
	 * leaves it.
	 */
	static boolean isInterruption(NamingException ex) {
		return ex instanceof InterruptedNamingException || isBroken(ex) && Thread.currentThread().isInterrupted();
	}

	private static boolean matches(Pattern pattern, Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause.getMessage() != null && pattern.matcher(cause.getMessage()).find()) {
				return true;
			}
		}
		return false;
	}

}
