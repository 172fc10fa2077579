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

package io.github.ldapkv.watch;

/**
 * Up to where a server has told everything.
 *
 * @param server the server, which alone knows what it means
 * @param octets what the server has sent
 */
record Cookie(String server, byte[] octets) {

	static final Cookie NONE = new Cookie("", new byte[0]);

	boolean isOf(String other) {
		return this.octets.length > 0 && this.server.equals(other);
	}

}
