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

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.wire.sdk.ApartConnection;
import io.github.ldapkv.internal.wire.sdk.SdkConnection;

/**
 * A connection that was opened for one user, who keeps it.
 *
 * @param opened the connection
 * @param opener opens others
 */
record OpenedApart(LdapConnection opened, ConnectionOpener opener) implements ApartConnection {

	@Override
	public SdkConnection connection() {
		return this.opened.wire();
	}

	@Override
	public String server() {
		return this.opened.server().toString();
	}

	@Override
	public ApartConnection another() throws LDAPException {
		return new OpenedApart(this.opener.open(this.opened.server()), this.opener);
	}

	@Override
	public void close() {
		this.opened.close(this.opened.wire().isBroken() ? CloseReason.BROKEN : CloseReason.DONE);
	}

}
