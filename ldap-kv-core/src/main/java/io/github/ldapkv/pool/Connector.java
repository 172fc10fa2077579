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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.EarlierRefusal;
import io.github.ldapkv.internal.wire.NoServerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Opens connections to the first server that answers. Where none does, whoever comes
 * later is told so without asking them again, until it is time to.
 */
final class Connector {

	private static final Logger logger = LoggerFactory.getLogger(Connector.class);

	/**
	 * For so long at most a caller waits for what the pool hears of a server.
	 */
	private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

	private final ServerList servers;

	private final ConnectionOpener opener;

	private final ReturnWatch returns;

	private final long longestWait;

	/**
	 * Creates a connector.
	 * @param opener opens them as the account of the pool
	 * @param thread sees when a server answers again
	 * @param longestWait for how many nanoseconds a caller waits at most
	 */
	Connector(ServerList servers, ConnectionOpener opener, BackgroundThread thread, long longestWait) {
		this.servers = servers;
		this.opener = opener;
		this.returns = new ReturnWatch(servers, this::askAgain, thread);
		this.longestWait = Math.min(longestWait, PATIENCE);
	}

	/**
	 * Opens a connection, unless the thread is interrupted.
	 */
	LdapConnection open(ConnectionOpener opener) {
		boolean asked = false;
		try {
			do {
				for (Server server : this.servers.inOrder()) {
					if (this.servers.mayAsk(server)) {
						asked = true;
						LdapConnection connection = ask(server, opener);
						if (connection != null) {
							return connection;
						}
					}
				}
			}
			while (!asked && this.servers.awaitChance(this.longestWait));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TransientDataAccessResourceException(StreamTurns.INTERRUPTED, ex);
		}
		throw ConnectionRefusals.of(noneAnswers());
	}

	/**
	 * Asks one server.
	 * @return the connection, or {@code null} if it does not answer
	 */
	private @Nullable LdapConnection ask(Server server, ConnectionOpener opener) {
		try {
			LdapConnection connection = opener.open(server);
			this.servers.answered(server);
			return connection;
		}
		catch (LDAPException ex) {
			if (!ConnectionFailures.isBroken(ex)) {
				// What is refused on this side was not sent.
				if (!ex.getResultCode().isClientSideResultCode() && !(ex instanceof EarlierRefusal)) {
					this.servers.answered(server);
				}
				throw ConnectionRefusals.of(ex);
			}
			if (ConnectionFailures.isInterruption(ex)) {
				Thread.currentThread().interrupt();
				throw ConnectionRefusals.of(ex);
			}
			if (this.servers.failed(server, ex)) {
				this.returns.await(server);
			}
			return null;
		}
		catch (DataAccessException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw notAsked(ex);
		}
		finally {
			this.servers.notAsked(server);
		}
	}

	private void askAgain(Server server) {
		try {
			LdapConnection connection = ask(server, this.opener);
			if (connection != null) {
				connection.close(CloseReason.DONE);
			}
		}
		catch (RuntimeException ex) {
			logger.debug("{} was asked whether it answers again", server, ex);
		}
	}

	void close() {
		this.returns.close();
	}

	private static DataAccessException notAsked(RuntimeException ex) {
		String reason = (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getName();
		return new DataAccessResourceFailureException(
				"No connection was opened, since what gives the account or the TLS settings failed: "
						+ Excerpt.ofWords(reason),
				ex);
	}

	/**
	 * What came of it, server by server.
	 */
	private LDAPException noneAnswers() {
		List<Outage> outages = new ArrayList<>();
		List<String> told = new ArrayList<>();
		for (Server server : this.servers.inOrder()) {
			Outage outage = server.outage();
			if (outage != null) {
				outages.add(outage);
				told.add(server + ": " + outage.reason() + outage.age(System.nanoTime()));
			}
		}
		if (outages.isEmpty()) {
			String why = this.servers.whyNone();
			return new LDAPException(ResultCode.SERVER_DOWN, "DNS names none" + (why.isEmpty() ? "" : ": " + why));
		}
		return new NoServerException(told, outages.get(outages.size() - 1).failure());
	}

}
