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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.naming.NamingException;

import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.internal.wire.jndi.JndiFailures;
import io.github.ldapkv.internal.wire.jndi.PooledContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a pool, from when it is borrowed until it is given back.
 */
final class BorrowedContext implements InvocationHandler {

	private final ConnectionQueue queue;

	private final LdapConnection connection;

	private final @Nullable StreamTurn turn;

	private final AtomicBoolean closed = new AtomicBoolean();

	private BorrowedContext(ConnectionQueue queue, LdapConnection connection, @Nullable StreamTurn turn) {
		this.queue = queue;
		this.connection = connection;
		this.turn = turn;
	}

	/**
	 * Makes a context of a connection that was borrowed.
	 * @param turn the turn of the stream that it is for, if it is for one
	 */
	static PooledContext of(ConnectionQueue queue, LdapConnection connection, @Nullable StreamTurn turn) {
		connection.begin();
		return (PooledContext) Proxy.newProxyInstance(PooledContext.class.getClassLoader(),
				new Class<?>[] { PooledContext.class }, new BorrowedContext(queue, connection, turn));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		return switch (method.getName()) {
			case "close" -> {
				close();
				yield null;
			}
			case "breakOff" -> {
				this.connection.breakOff();
				yield null;
			}
			case "setEnvironment" -> {
				Objects.requireNonNull(arguments);
				this.connection.set((String) arguments[0], (String) arguments[1]);
				yield null;
			}
			case "mayHaveWritten" -> this.connection.mayHaveWritten();
			case "fetching" -> {
				if (this.turn != null) {
					this.turn.fetching();
				}
				yield null;
			}
			case "fetched" -> {
				if (this.turn != null) {
					this.turn.fetched();
				}
				yield null;
			}
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "connection to " + this.connection.url();
			default -> call(method, arguments);
		};
	}

	private void close() {
		if (this.closed.compareAndSet(false, true)) {
			try {
				this.queue.giveBack(this.connection);
			}
			finally {
				if (this.turn != null) {
					this.queue.streams().end(this.turn);
				}
			}
		}
	}

	private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
		if (this.closed.get()) {
			throw new NamingException("The connection was given back to its pool, and may be in use by another");
		}
		this.connection.calling(method.getName());
		try {
			return method.invoke(this.connection.context(), arguments);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof NamingException failure
					&& ConnectionFailures.isRefusal(JndiFailures.of(failure))) {
				this.connection.refused();
			}
			throw ex.getCause();
		}
	}

}
