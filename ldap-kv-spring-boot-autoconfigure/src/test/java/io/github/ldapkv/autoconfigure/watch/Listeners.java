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

package io.github.ldapkv.autoconfigure.watch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.WatchErrorHandler;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.env.Environment;
import org.springframework.ldap.core.LdapTemplate;

/**
 * Listeners of tests.
 */
final class Listeners {

	private Listeners() {
	}

	@Configuration(proxyBeanMethods = false)
	static class Tree {

		@Bean
		InitializingBean entries(ObjectProvider<LdapKeyValueOperations> store, Environment environment) {
			return () -> {
				if (!environment.containsProperty("ldapkv.urls")) {
					store.getObject().put("/", Map.of("objectClass", "domain"));
					store.getObject().put("/ou=Groups", Map.of("objectClass", "organizationalUnit"));
				}
			};
		}

	}

	@Configuration(value = "groups", proxyBeanMethods = false)
	static class Groups {

		private final Heard heard;

		Groups(Heard heard) {
			this.heard = heard;
		}

		@LdapListener(id = "groups", value = "/ou=${groups}/*", filter = "(cn=*)", attributes = "cn")
		void changed(LdapChange change) {
			this.heard.add(change);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoStores {

		private final Heard heard;

		TwoStores(Heard heard) {
			this.heard = heard;
		}

		@Bean
		@Primary
		LdapKeyValueTemplate people(LdapTemplate template) {
			return new LdapKeyValueTemplate(template);
		}

		@Bean
		LdapKeyValueTemplate groups(InMemoryDirectoryServer server) {
			return new LdapKeyValueTemplate(
					LdapConnectionPool.builder(List.of("ldap://localhost:" + server.getListenPort()))
						.base("ou=Groups,dc=test,dc=org")
						.build());
		}

		@LdapListener(id = "groups", value = "/*", store = "groups")
		void changed(LdapChange change) {
			this.heard.add(change);
		}

	}

	/**
	 * Starts its own watch.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Starting {

		private final Heard heard;

		private final LdapWatchRegistry registry;

		private final CountDownLatch latch;

		Starting(Heard heard, @Lazy LdapWatchRegistry registry, CountDownLatch latch) {
			this.heard = heard;
			this.registry = registry;
			this.latch = latch;
		}

		@LdapListener(id = "starting", value = "/ou=Groups/*")
		void changed(LdapChange change) throws InterruptedException {
			this.heard.add("called");
			this.latch.await();
			this.registry.start("starting");
			this.heard.add("returned");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Entries {

		private final Heard heard;

		Entries(Heard heard) {
			this.heard = heard;
		}

		@LdapListener("/ou=Groups/*")
		void changed(LdapEntry entry, LdapChange change) {
			this.heard.add(entry.key() + " " + change);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

		private final Heard heard;

		Nothing(Heard heard) {
			this.heard = heard;
		}

		@LdapListener("/**")
		void changed() {
			this.heard.add("something");
		}

	}

	@Configuration(value = "twice", proxyBeanMethods = false)
	static class Twice {

		@LdapListener("/ou=Groups/*")
		@LdapListener("/ou=People/*")
		void changed(LdapChange change) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		private final Heard heard;

		private boolean failed;

		Failing(Heard heard) {
			this.heard = heard;
		}

		@LdapListener("/ou=Groups/*")
		void changed(LdapChange change) throws Exception {
			if (!this.failed) {
				this.failed = true;
				throw new Exception("refused");
			}
			this.heard.add("again " + change);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Errors {

		@Bean
		WatchErrorHandler errors(Heard heard) {
			WatchErrorHandler retrying = WatchErrorHandler.retrying(2);
			return (change, failure, attempts) -> {
				heard.add(failure.getMessage() + " " + change);
				return retrying.failed(change, failure, attempts);
			};
		}

	}

	@Configuration(value = "notAtOnce", proxyBeanMethods = false)
	static class NotAtOnce {

		@LdapListener(value = "/ou=Groups/*", autoStartup = "${start}")
		void changed(LdapChange change) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyListener {

		@Bean
		@Lazy
		Groups lazyGroups(Heard heard) {
			return new Groups(heard);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Listening scopedGroups(Heard heard) {
			return new Listening(heard);
		}

	}

	static class Listening {

		private final Heard heard;

		Listening(Heard heard) {
			this.heard = heard;
		}

		@LdapListener(id = "groups", value = "/ou=Groups/*")
		public void changed(LdapChange change) {
			this.heard.add(change);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Threads {

		private final Heard heard;

		Threads(Heard heard) {
			this.heard = heard;
		}

		@LdapListener("/ou=Groups/*")
		void changed() {
			this.heard.add(Thread.currentThread().getThreadGroup().getName().equals("VirtualThreads") ? "virtual"
					: "platform");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Slow {

		private final Heard heard;

		private final CountDownLatch called;

		Slow(Heard heard, CountDownLatch called) {
			this.heard = heard;
			this.called = called;
		}

		@LdapListener("/ou=Groups/*")
		void changed() throws InterruptedException {
			this.called.countDown();
			// The application is closed meanwhile.
			Thread.sleep(500);
			this.heard.add("returned");
		}

	}

}
