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

import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test of watches of an area of an OpenLDAP that has overlays.
 */
abstract class WatchTest {

	static final OpenLdapContainer SERVER = new OpenLdapContainer()
		.withEnv("LDAP_OVERLAYS", "syncprov sssvlv memberof refint")
		.withEnv("LDAP_NOSYNC", "true");

	WatchedArea area;

	LdapKeyValueTemplate admin;

	@BeforeAll
	static void start() {
		SERVER.start();
	}

	@AfterAll
	static void stop() {
		SERVER.stop();
	}

	@BeforeEach
	void open() {
		this.area = new WatchedArea(SERVER);
		this.admin = this.area.admin();
	}

	@AfterEach
	void close() {
		this.area.assertNothingStays();
		this.area.close();
	}

	Watching watch(KeyQuery query) {
		return Watching.of(this.area.store(), query, UnaryOperator.identity()).begun();
	}

	/**
	 * The DN of the area.
	 */
	String dn() {
		return "ou=" + this.area.top().substring(4) + "," + TestDirectory.SUFFIX;
	}

	static Map<String, Object> person(String description) {
		return Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "description", description);
	}

	static Map<String, Object> role(String description) {
		return Map.of("objectClass", "organizationalRole", "description", description);
	}

}
