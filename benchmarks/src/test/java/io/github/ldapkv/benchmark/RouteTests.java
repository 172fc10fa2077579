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

package io.github.ldapkv.benchmark;

import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTests {

	@Test
	void isDirectIfTheServerAnswersAtItsOwnAddress() throws Exception {
		ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		String host = server.getInetAddress().getHostAddress();
		int port = server.getLocalPort();
		assertThat(Route.to(host, port)).isEqualTo(Route.DIRECT);
		server.close();
		assertThat(Route.to(host, port)).isEqualTo(Route.THROUGH_PROXY);
	}

	@Test
	void aProxyIsNotOverlooked() {
		assertThat(Route.THROUGH_PROXY).asString().contains("PROXY");
		assertThat(Route.DIRECT).asString().doesNotContainIgnoringCase("proxy");
	}

}
