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

package io.github.ldapkv.server;

import java.util.Optional;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * OpenLDAP in a container, from the project's own image, which {@code scripts/verify}
 * builds. A missing engine or image is a failure, never a skipped test.
 */
public final class OpenLdapContainer extends GenericContainer<OpenLdapContainer> implements TestDirectory {

	private static final String PASSWORD = "admin";

	private static final int PORT = 389;

	/**
	 * Describes a container that is not started yet.
	 */
	public OpenLdapContainer() {
		super(image());
		withExposedPorts(PORT);
		// The names of osixia/openldap, which Boot's service connection reads too.
		withEnv("LDAP_DOMAIN", "test.org");
		withEnv("LDAP_BASE_DN", SUFFIX);
		withEnv("LDAP_ADMIN_PASSWORD", PASSWORD);
		withEnv("LDAP_TLS", "false");
		waitingFor(Wait.forLogMessage(".*slapd starting.*", 1));
	}

	/**
	 * The one server that all tests of a run share, started when first asked for.
	 * @return the running server
	 */
	public static OpenLdapContainer shared() {
		return Shared.CONTAINER;
	}

	@Override
	public String url() {
		return "ldap://" + getHost() + ":" + getMappedPort(PORT);
	}

	@Override
	public String userDn() {
		return "cn=admin," + SUFFIX;
	}

	@Override
	public String password() {
		return PASSWORD;
	}

	private static DockerImageName image() {
		String name = Optional.ofNullable(System.getenv("LDAPKV_OPENLDAP_IMAGE")).orElse("ldap-kv/openldap:local");
		return DockerImageName.parse(name).asCompatibleSubstituteFor("osixia/openldap");
	}

	private static final class Shared {

		private static final OpenLdapContainer CONTAINER = start();

		private static OpenLdapContainer start() {
			OpenLdapContainer container = new OpenLdapContainer();
			container.start();
			return container;
		}

	}

}
