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

package io.github.ldapkv.sample;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.watch.LdapListener;
import io.github.ldapkv.watch.LdapChange;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * Prints what is told of its own write.
 */
@EnableAutoConfiguration
@Import(ListenerApplication.Listening.class)
public final class ListenerApplication {

	private ListenerApplication() {
	}

	/**
	 * Runs the application.
	 * @param args its settings
	 * @throws InterruptedException if it is interrupted while it waits
	 */
	public static void main(String[] args) throws InterruptedException {
		try (ConfigurableApplicationContext context = SpringApplication.run(ListenerApplication.class, args)) {
			context.getBean(LdapKeyValueOperations.class)
				.put("/", Map.of("objectClass", List.of("dcObject", "organization"), "o", "Test"));
			context.getBean(Listening.class).await();
		}
	}

	/**
	 * Listens.
	 */
	static class Listening {

		private final CountDownLatch told = new CountDownLatch(1);

		@LdapListener("/**")
		void changed(LdapChange change) {
			if (change.kind() == LdapChange.Kind.CREATED) {
				System.out.println("Told: " + change);
				this.told.countDown();
			}
		}

		void await() throws InterruptedException {
			if (!this.told.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Nothing was told");
			}
		}

	}

}
