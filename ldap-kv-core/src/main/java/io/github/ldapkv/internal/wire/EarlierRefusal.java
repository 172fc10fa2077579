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

package io.github.ldapkv.internal.wire;

import java.time.Duration;

import com.unboundid.ldap.sdk.LDAPException;

/**
 * What the server has answered to the account of the pool some time ago. The account was
 * not offered again.
 */
public final class EarlierRefusal extends LDAPException {

	private final Duration age;

	private final Duration pause;

	/**
	 * Creates a failure.
	 * @param answer the server's answer
	 * @param age how long ago that was
	 * @param pause after what time the account is offered again
	 */
	public EarlierRefusal(LDAPException answer, Duration age, Duration pause) {
		super(answer.toLDAPResult());
		this.age = age;
		this.pause = pause;
	}

	public Duration age() {
		return this.age;
	}

	public Duration pause() {
		return this.pause;
	}

}
