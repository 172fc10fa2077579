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

package com.example;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueOperations;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class PeopleApplication {

	public static void main(String[] args) {
		// The embedded directory would run on.
		System.exit(SpringApplication.exit(SpringApplication.run(PeopleApplication.class, args)));
	}

	@Bean
	ApplicationRunner runner(LdapKeyValueOperations store, People people) {
		return (arguments) -> {
			System.out.println("The tour found " + new Tour(store).run() + " and deleted him");
			store.put("/ou=People/uid=jdoe", Map.of("objectClass", "inetOrgPerson", "cn", "John Doe", "sn", "Doe",
					"mail", "jdoe@test.org"));
			people.rename("jdoe", "Jack Doe");
			// While a connection is held another one is opened, by a thread that does not see an executable jar's classes.
			store.forEach(KeyQuery.of("/ou=People/*"), (person) -> CompletableFuture
				.runAsync(() -> System.out.println("Another thread sees " + store.getRequired(person.key()).text("uid")))
				.join());
			System.out.println("The mail of " + store.getRequired("/ou=People/uid=jdoe").text("cn").orElseThrow()
					+ " is " + people.mailOf("jdoe").orElseThrow());
		};
	}

}
