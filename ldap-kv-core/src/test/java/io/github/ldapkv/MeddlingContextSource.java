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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.ExtendedRequest;
import javax.naming.ldap.LdapContext;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.SearchRequest;
import io.github.ldapkv.internal.wire.jndi.JndiFailures;
import io.github.ldapkv.internal.wire.sdk.Borrowed;
import io.github.ldapkv.internal.wire.sdk.RequestListener;

import org.springframework.ldap.core.ContextSource;

/**
 * A source of connections that does something else before each request, or throws.
 */
final class MeddlingContextSource implements ContextSource {

	static final String SEARCH = "search";

	static final String ADD = "createSubcontext";

	static final String MODIFY = "modifyAttributes";

	static final String DELETE = "destroySubcontext";

	/**
	 * What it calls the start of a transaction (RFC 5805).
	 */
	static final String START = "start";

	/**
	 * What it calls the end of a transaction.
	 */
	static final String END = "end";

	private final ContextSource source;

	private Meddler meddler = (request) -> {
	};

	MeddlingContextSource(ContextSource source) {
		this.source = source;
	}

	/**
	 * Lets somebody know of each request before it is sent.
	 */
	void meddle(Meddler meddler) {
		this.meddler = meddler;
	}

	@Override
	public DirContext getReadOnlyContext() {
		return meddling(this.source.getReadOnlyContext());
	}

	@Override
	public DirContext getReadWriteContext() {
		return meddling(this.source.getReadWriteContext());
	}

	@Override
	public DirContext getContext(String principal, String credentials) {
		throw new UnsupportedOperationException("No store asks for a connection of another account");
	}

	private DirContext meddling(DirContext context) {
		if (context instanceof Borrowed lent) {
			RequestListener.listen(lent, (request) -> before(name(request)));
			return context;
		}
		return (DirContext) Proxy.newProxyInstance(LdapContext.class.getClassLoader(),
				new Class<?>[] { LdapContext.class }, (proxy, method, arguments) -> {
					String request = method.getName();
					if (request.equals("extendedOperation")) {
						request = (((ExtendedRequest) arguments[0]).getEncodedValue() == null) ? START : END;
					}
					this.meddler.before(request);
					try {
						return method.invoke(context, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private void before(String request) {
		try {
			this.meddler.before(request);
		}
		catch (NamingException ex) {
			throw MeddlingContextSource.<RuntimeException>undeclared(JndiFailures.of(ex));
		}
	}

	/**
	 * The SDK does not foresee that who is told of a request fails, and lets it pass.
	 */
	@SuppressWarnings("unchecked")
	private static <E extends Throwable> E undeclared(Throwable ex) throws E {
		throw (E) ex;
	}

	private static String name(Object request) {
		if (request instanceof SearchRequest) {
			return SEARCH;
		}
		if (request instanceof AddRequest) {
			return ADD;
		}
		if (request instanceof ModifyRequest) {
			return MODIFY;
		}
		if (request instanceof DeleteRequest) {
			return DELETE;
		}
		if (request instanceof com.unboundid.ldap.sdk.ExtendedRequest extended) {
			return (extended.getValue() == null) ? START : END;
		}
		return "rename";
	}

	/**
	 * Does something else first.
	 */
	@FunctionalInterface
	interface Meddler {

		/**
		 * Does it.
		 * @param request the method that is called on the connection, {@link #START} or
		 * {@link #END}
		 * @throws NamingException the answer of the server in place of its own
		 */
		void before(String request) throws NamingException;

	}

}
