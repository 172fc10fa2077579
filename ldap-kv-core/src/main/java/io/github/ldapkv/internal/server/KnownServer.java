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

package io.github.ldapkv.internal.server;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.ServerFacts;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the server: its schema, and what it can do.
 * <p>
 * It is read once. Callers that need it before it is there each read it on a connection
 * of their own, so that none waits for the answer to another.
 */
public final class KnownServer {

	private static final Logger logger = LoggerFactory.getLogger(KnownServer.class);

	private final ServerReader reader;

	private final Set<String> configuredBinary;

	/**
	 * What a caller asks the server at this moment.
	 */
	private final AtomicReference<@Nullable FutureTask<ServerFacts>> question = new AtomicReference<>();

	/**
	 * Held to publish what was read, and not to read it.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable ServerFacts found;

	public KnownServer(ServerReader reader, Set<String> configuredBinary) {
		this.reader = reader;
		this.configuredBinary = configuredBinary;
	}

	/**
	 * What is known of the server, as far as it was asked.
	 */
	public @Nullable ServerFacts found() {
		return this.found;
	}

	/**
	 * What is known of the server, which is asked the first time.
	 * @param session a connection to it, which is used if it has no base
	 */
	public ServerFacts known(Session session) throws LDAPException {
		ServerFacts known = this.found;
		return (known != null) ? known : ask(session);
	}

	/**
	 * Whoever comes while another caller asks waits for the answer.
	 */
	private ServerFacts ask(Session session) throws LDAPException {
		FutureTask<ServerFacts> own = new FutureTask<>(() -> publish(this.reader.read(session)));
		FutureTask<ServerFacts> other = this.question.compareAndExchange(null, own);
		if (other != null) {
			return await(other, session);
		}
		try {
			own.run();
			return result(own);
		}
		finally {
			this.question.set(null);
		}
	}

	/**
	 * What has failed for another caller may succeed for this one, unless the server does
	 * not answer in time: to ask it again would take as long again.
	 */
	private ServerFacts await(FutureTask<ServerFacts> other, Session session) throws LDAPException {
		try {
			return result(other);
		}
		catch (LDAPException ex) {
			if (ConnectionFailures.isTimeout(ex) || Thread.currentThread().isInterrupted()) {
				throw ex;
			}
			return publish(this.reader.read(session));
		}
	}

	private static ServerFacts result(FutureTask<ServerFacts> question) throws LDAPException {
		try {
			return question.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LDAPException(ResultCode.USER_CANCELED, "Interrupted while another caller asks the server", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof LDAPException failure) {
				throw failure;
			}
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : new IllegalStateException(ex);
		}
	}

	private ServerFacts publish(ServerFacts read) {
		this.lock.lock();
		try {
			ServerFacts known = this.found;
			if (known != null) {
				return known;
			}
			logger.info("The directory server is {}", read.capabilities());
			known = new ServerFacts(read.schema().withBinary(this.configuredBinary), read.capabilities(),
					read.quirks());
			this.found = known;
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

}
