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

package io.github.ldapkv.internal.wire.sdk;

import java.util.function.Consumer;

import com.unboundid.ldap.sdk.LDAPRequest;

/**
 * Lets a test know of each request of a connection, in the thread that is about to send
 * it.
 */
public final class RequestListener {

	private RequestListener() {
	}

	/**
	 * Listens to a connection.
	 * @param listener gets the request
	 */
	public static void listen(Borrowed lent, Consumer<LDAPRequest> listener) {
		lent.connection().listen(listener);
	}

}
