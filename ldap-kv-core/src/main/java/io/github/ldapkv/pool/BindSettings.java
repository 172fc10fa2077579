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

import java.util.Objects;
import java.util.function.Supplier;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.EXTERNALBindRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.github.ldapkv.pool.BindGate.Binding;
import org.jspecify.annotations.Nullable;

import org.springframework.ldap.core.AuthenticationSource;

/**
 * As whom connections bind, and how.
 *
 * @param account the account; empty names for an anonymous one
 * @param request gives another way to bind than by name and password; {@code null} for
 * none
 * @param gate keeps back what the server has refused; {@code null} for nothing
 */
record BindSettings(AuthenticationSource account, @Nullable Supplier<BindRequest> request, @Nullable BindGate gate) {

	static final BindSettings ANONYMOUS = new BindSettings(FixedAccount.ANONYMOUS, null, null);

	/**
	 * Binds as the client certificate of the TLS connection, and as nobody else: that the
	 * identity to act as is empty has to be said (RFC 4422, appendix A.1).
	 */
	static final Supplier<BindRequest> EXTERNAL = () -> new EXTERNALBindRequest("");

	/**
	 * The account of which the name and the password are given.
	 */
	BindSettings as(String userDn, String password) {
		return new BindSettings(new FixedAccount(userDn, password), null, null);
	}

	/**
	 * The request to bind with, asked for anew, unless it is one that the server has just
	 * refused.
	 * @throws LDAPException if there is a user name or a password only (RFC 4513, section
	 * 5.1.2): a server that says yes to such a bind has compared nothing
	 */
	BindRequest toBind() throws LDAPException {
		BindRequest next = nextRequest();
		if (this.gate != null) {
			this.gate.check(next);
		}
		return next;
	}

	/**
	 * Binds a connection.
	 * @param binding sends the request
	 */
	void bind(BindRequest asked, Binding binding) throws LDAPException {
		if (this.gate != null) {
			this.gate.bind(asked, binding);
		}
		else {
			binding.run();
		}
	}

	private BindRequest nextRequest() throws LDAPException {
		if (this.request != null) {
			return this.request.get();
		}
		String userDn = Objects.requireNonNullElse(this.account.getPrincipal(), "");
		String password = Objects.requireNonNullElse(this.account.getCredentials(), "");
		if (!userDn.isEmpty() && password.isEmpty()) {
			throw new LDAPException(ResultCode.AUTH_UNKNOWN, "the user name '" + userDn
					+ "' has no password, and a server takes such a bind for an anonymous one: give a password, or "
					+ "no user name");
		}
		if (userDn.isEmpty() && !password.isEmpty()) {
			throw new LDAPException(ResultCode.AUTH_UNKNOWN,
					"there is a password and no user name, which is no account: give both, or neither");
		}
		return new SimpleBindRequest(userDn, password);
	}

}
