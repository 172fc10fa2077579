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

import javax.naming.ldap.BasicControl;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import org.jspecify.annotations.Nullable;

/**
 * Controls, as JNDI has them.
 */
final class JndiControls {

	private JndiControls() {
	}

	static javax.naming.ldap.Control[] of(Control[] controls) {
		return Arrays.stream(controls).map(JndiControls::of).toArray(javax.naming.ldap.Control[]::new);
	}

	private static javax.naming.ldap.Control of(Control control) {
		ASN1OctetString value = control.getValue();
		return new BasicControl(control.getOID(), control.isCritical(), (value != null) ? value.getValue() : null);
	}

	/**
	 * Response controls.
	 * @param controls what JNDI has for them, which is {@code null} for none
	 */
	static Control[] of(javax.naming.ldap.Control @Nullable [] controls) {
		return (controls == null) ? new Control[0]
				: Arrays.stream(controls).map(JndiControls::of).toArray(Control[]::new);
	}

	private static Control of(javax.naming.ldap.Control control) {
		byte[] value = control.getEncodedValue();
		return new Control(control.getID(), control.isCritical(), (value != null) ? new ASN1OctetString(value) : null);
	}

}
