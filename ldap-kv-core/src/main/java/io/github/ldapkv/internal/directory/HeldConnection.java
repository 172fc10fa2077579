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

package io.github.ldapkv.internal.directory;

import java.util.function.Supplier;

import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.OperationWatch;

/**
 * A connection that is kept from one part of a call to the next. It is released once, by
 * whom it is released first.
 */
public final class HeldConnection {

	private final ConnectionCalls calls;

	private final Lease lease;

	private final OperationWatch watch;

	private boolean released;

	/**
	 * Holds a connection, on which the first part has been run.
	 */
	HeldConnection(ConnectionCalls calls, Lease lease, OperationWatch watch) {
		this.calls = calls;
		this.lease = lease;
		this.watch = watch;
		lease.fetched();
	}

	/**
	 * Runs a part of the call.
	 * @param operation what to say of it if it fails
	 */
	public <T> T read(Supplier<Operation> operation, DirectoryCall<T> call) {
		this.lease.fetching();
		try {
			return this.watch.run(() -> this.calls.readOn(this.lease, operation, call));
		}
		finally {
			this.lease.fetched();
		}
	}

	/**
	 * Says that the call gets on, by what it has read already.
	 */
	public void getsOn() {
		this.lease.fetched();
	}

	/**
	 * Gives the connection back.
	 */
	public synchronized void release() {
		if (!this.released) {
			this.released = true;
			this.lease.release();
			this.watch.end();
		}
	}

	/**
	 * Closes the connection, which is in a state that nobody knows.
	 */
	public void discard() {
		this.lease.breakOff();
		release();
	}

}
