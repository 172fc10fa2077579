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

package io.github.ldapkv.internal.wire.jndi;

import java.util.Arrays;

import javax.naming.ldap.ExtendedRequest;
import javax.naming.ldap.ExtendedResponse;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.ResultCode;
import org.jspecify.annotations.Nullable;

/**
 * An extended request, as JNDI sends it.
 */
final class JndiExtendedOperation implements ExtendedRequest {

	private static final long serialVersionUID = 1;

	private final String id;

	private final byte @Nullable [] value;

	JndiExtendedOperation(com.unboundid.ldap.sdk.ExtendedRequest request) {
		this.id = request.getOID();
		this.value = (request.getValue() != null) ? request.getValue().getValue() : null;
	}

	static ExtendedResult result(ExtendedResponse response) {
		byte[] value = response.getEncodedValue();
		return new ExtendedResult(-1, ResultCode.SUCCESS, null, null, null, response.getID(),
				(value != null) ? new ASN1OctetString(value) : null, null);
	}

	@Override
	public String getID() {
		return this.id;
	}

	@Override
	public byte @Nullable [] getEncodedValue() {
		return this.value;
	}

	@Override
	public ExtendedResponse createExtendedResponse(@Nullable String responseId, byte @Nullable [] bytes, int offset,
			int length) {
		return new Response(responseId, (bytes != null) ? Arrays.copyOfRange(bytes, offset, offset + length) : null);
	}

	private static final class Response implements ExtendedResponse {

		private static final long serialVersionUID = 1;

		private final @Nullable String id;

		private final byte @Nullable [] value;

		Response(@Nullable String id, byte @Nullable [] value) {
			this.id = id;
			this.value = value;
		}

		@Override
		public @Nullable String getID() {
			return this.id;
		}

		@Override
		public byte @Nullable [] getEncodedValue() {
			return this.value;
		}

	}

}
