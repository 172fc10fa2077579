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

/**
 * Is told what the connections of a pool do. It is called by the threads that use them,
 * by several at a time, must not wait, and must not fail: what it throws goes no further,
 * and the first time it is logged.
 */
public interface PoolListener {

	/**
	 * A call has waited for a connection, for as long as it took to have its turn and to
	 * open one if none was idle.
	 * @param role what the connection is for
	 * @param waited how long
	 * @param given whether the call has one
	 */
	default void acquired(PoolRole role, Duration waited, boolean given) {
	}

	/**
	 * A server was asked for a connection, with the TLS handshake.
	 * @param role what the connection is for
	 * @param took how long that took
	 * @param connected whether there is one
	 */
	default void connected(PoolRole role, Duration took, boolean connected) {
	}

	/**
	 * A server was offered the account of the pool.
	 * @param role what the connection is for
	 * @param took how long that took
	 * @param outcome what it said
	 */
	default void bound(PoolRole role, Duration took, BindOutcome outcome) {
	}

	/**
	 * A server has answered a request for the first time; the rest of a search may still
	 * be to come.
	 * @param role what the connection is for
	 * @param took how long that took since the request was sent
	 */
	default void answered(PoolRole role, Duration took) {
	}

	/**
	 * A connection was closed.
	 * @param role what it was for
	 * @param reason why
	 */
	default void closed(PoolRole role, CloseReason reason) {
	}

	/**
	 * A call is tried once more, on another connection.
	 * @param role what the connection is for
	 */
	default void retried(PoolRole role) {
	}

	/**
	 * The connection of a write was lost, and nobody knows whether the server has done
	 * it.
	 * @param role what the connection was for
	 */
	default void outcomeUnknown(PoolRole role) {
	}

	/**
	 * What a server says to a bind.
	 */
	enum BindOutcome {

		/**
		 * The account is accepted.
		 */
		ACCEPTED,

		/**
		 * The account, or its password, is refused, for whatever reason the server gives.
		 */
		REFUSED,

		/**
		 * There was no answer, or another one.
		 */
		FAILED

	}

}
