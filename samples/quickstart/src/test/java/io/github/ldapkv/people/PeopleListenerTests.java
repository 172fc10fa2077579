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

package io.github.ldapkv.people;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.watch.LdapListener;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener on the embedded directory.
 */
@SpringBootTest(properties = { "spring.ldap.embedded.base-dn=dc=test,dc=org",
		"spring.ldap.embedded.ldif=classpath:people.ldif", "spring.ldap.embedded.validation.enabled=false",
		"spring.ldap.base=dc=test,dc=org", "ldapkv.watch.poll-interval=100ms" })
@Import(PeopleListenerTests.Mails.class)
class PeopleListenerTests {

	@Autowired
	private LdapKeyValueOperations store;

	@Autowired
	private Mails mails;

	@Test
	void hearsOfAnotherMail() throws InterruptedException {
		this.store.put("/ou=People/uid=jdoe", Map.of("mail", "doe@test.org"));
		assertThat(this.mails.heard("doe@test.org")).isTrue();
		this.store.put("/ou=People/uid=jdoe", Map.of("mail", "john@test.org"));
	}

	static class Mails {

		private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@LdapListener(value = "/ou=People/uid=*", attributes = "mail")
		void changed(LdapEntry person) {
			person.value().text("mail").ifPresent(this.heard::add);
		}

		boolean heard(String mail) throws InterruptedException {
			for (String next = ""; next != null; next = this.heard.poll(10, TimeUnit.SECONDS)) {
				if (next.equals(mail)) {
					return true;
				}
			}
			return false;
		}

	}

}
