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

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Hashtable;
import java.util.Objects;
import java.util.Set;

import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapContext;

import io.github.ldapkv.internal.wire.Session;
import io.github.ldapkv.internal.wire.jndi.JndiSessions;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NativeDetector;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.AbstractContextSource;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.ldap.core.support.ObservationContextSource;
import org.springframework.ldap.support.LdapUtils;
import org.springframework.ldap.transaction.compensating.manager.TransactionAwareContextSourceProxy;
import org.springframework.util.ReflectionUtils;

/**
 * Opens a connection whose names are absolute, of a context source that has a base: to
 * the same servers, as the same account, and protected in the same way.
 */
public final class RootConnection implements AutoCloseable {

	/**
	 * Who overrides one of these has ways of its own to open a connection.
	 */
	private static final Set<String> OPENING = Set.of("getContext", "getReadOnlyContext", "getReadWriteContext",
			"createContext", "getDirContextInstance", "setupAuthenticatedEnvironment", "getAuthenticatedEnv",
			"getAnonymousEnv", "assembleProviderUrlString");

	private final LdapContext context;

	private RootConnection(DirContext context) {
		this.context = (LdapContext) context;
	}

	/**
	 * Opens one.
	 * @return a connection, or {@code null} if the context source cannot be asked for one
	 */
	public static @Nullable RootConnection open(ContextSource contextSource) {
		ContextSource source = unwrap(contextSource);
		if (source instanceof LdapContextSource based && !opensItself(based.getClass())) {
			return new RootConnection(new WithoutBase(based).getReadOnlyContext());
		}
		return null;
	}

	/**
	 * A session on the connection.
	 */
	Session session() {
		return JndiSessions.withoutBase(this.context);
	}

	@Override
	public void close() {
		LdapUtils.closeContext(this.context);
	}

	private static ContextSource unwrap(ContextSource source) {
		if (source instanceof TransactionAwareContextSourceProxy proxy) {
			return unwrap(proxy.getTarget());
		}
		if (source instanceof ObservationContextSource observed) {
			Field target = Objects.requireNonNull(ReflectionUtils.findField(observed.getClass(), "contextSource"));
			ReflectionUtils.makeAccessible(target);
			return unwrap((ContextSource) Objects.requireNonNull(ReflectionUtils.getField(target, observed)));
		}
		return source;
	}

	private static boolean opensItself(Class<?> type) {
		if (type != LdapContextSource.class && NativeDetector.inNativeImage()) {
			return true;
		}
		for (Class<?> current = type; current != LdapContextSource.class; current = current.getSuperclass()) {
			for (Method method : current.getDeclaredMethods()) {
				if (OPENING.contains(method.getName())) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * A context source with all the settings of another, but for the base.
	 */
	private static final class WithoutBase extends LdapContextSource {

		/**
		 * Most settings can only be set, among them the strategy that starts TLS.
		 */
		WithoutBase(LdapContextSource based) {
			ReflectionUtils.doWithFields(AbstractContextSource.class, (field) -> {
				ReflectionUtils.makeAccessible(field);
				field.set(this, field.get(based));
			}, ReflectionUtils.COPYABLE_FIELDS);
			setBase("");
			setCacheEnvironmentProperties(false);
			afterPropertiesSet();
		}

		@Override
		protected DirContext getDirContextInstance(Hashtable<String, Object> environment) throws NamingException {
			// Closed for good when it is closed, and never sent anywhere else.
			environment.remove(SUN_LDAP_POOLING_FLAG);
			environment.put(Context.REFERRAL, "ignore");
			return super.getDirContextInstance(environment);
		}

	}

}
