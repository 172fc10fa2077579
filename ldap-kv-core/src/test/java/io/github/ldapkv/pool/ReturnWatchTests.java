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

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the pool sees whether servers that were left aside answer again.
 */
class ReturnWatchTests {

	private static final LDAPException DEAD = new LDAPException(ResultCode.SERVER_DOWN, "Connection refused");

	private final List<Place> places = List.of(place("hangs", 0), place("back", 1));

	private final ServerList servers = new ServerList("pool", () -> this.places, PoolRole.ALL, new Servers(),
			System::nanoTime);

	private static Place place(String host, int rank) {
		return new Place(new ServerAddress(ServerUrl.of("ldap://" + host), null), rank, 1);
	}

	@Test
	void oneIsAskedWhileAnotherHangs() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch backAsked = new CountDownLatch(1);
		BackgroundThread threads = new BackgroundThread("watch", ConnectionQueue.MOST_ASKED);
		ReturnWatch watch = new ReturnWatch(this.servers, (server) -> {
			if (server.address().server().host().equals("hangs")) {
				hanging.countDown();
				awaitInVain(backAsked);
			}
			else {
				backAsked.countDown();
			}
			this.servers.answered(server);
		}, threads);
		try {
			List<Server> all = this.servers.inOrder();
			this.servers.failed(all.get(0), DEAD);
			watch.await(all.get(0));
			assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
			this.servers.failed(all.get(1), DEAD);
			watch.await(all.get(1));
			assertThat(backAsked.await(30, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			watch.close();
		}
	}

	private static void awaitInVain(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
