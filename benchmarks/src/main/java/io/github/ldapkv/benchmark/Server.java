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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.github.ldapkv.testserver.OpenLdapContainer;
import org.testcontainers.containers.Container;
import org.testcontainers.utility.MountableFile;

/**
 * An OpenLDAP of {@link People}, on which clients and not disks are measured: it does not
 * log, and does not wait for its disk.
 */
final class Server implements AutoCloseable {

	private static final int PORT = 389;

	private final OpenLdapContainer container;

	private final Route route;

	private Server(OpenLdapContainer container) {
		this.container = container;
		this.route = Route.to(container.addressInside(), PORT);
	}

	@SuppressWarnings("resource")
	static Server start(int people) {
		try {
			Path seed = Files.createTempFile("people", ".ldif");
			try {
				People.write(people, seed);
				OpenLdapContainer container = new OpenLdapContainer();
				container.withEnv("LDAP_LOG_LEVEL", "0")
					.withEnv("LDAP_NOSYNC", "true")
					.withEnv("LDAP_SEED_LDIF", "/people.ldif")
					.withCopyFileToContainer(MountableFile.forHostPath(seed, 0644), "/people.ldif")
					.withStartupTimeout(Duration.ofMinutes(20))
					.start();
				return new Server(container);
			}
			finally {
				Files.delete(seed);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	ServerAddress address() {
		return (this.route == Route.DIRECT) ? address(this.container.addressInside(), PORT)
				: address(this.container.host(), this.container.port());
	}

	private ServerAddress address(String host, int port) {
		return new ServerAddress(host, port, this.container.userDn(), this.container.password());
	}

	/**
	 * Makes every search by an attribute one through all entries.
	 */
	void dropIndexes() {
		try (LDAPConnection connection = new LDAPConnection(this.container.host(), this.container.port(),
				"cn=admin,cn=config", "config")) {
			connection.modify("olcDatabase={1}mdb,cn=config", new Modification(ModificationType.DELETE, "olcDbIndex"));
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What server it is, where it runs, and how it is reached.
	 */
	String description() {
		return version() + " in a container on the same machine, " + this.route;
	}

	private String version() {
		try {
			Container.ExecResult result = this.container.execInContainer("slapd", "-VV");
			return result.getStderr().lines().findFirst().orElse("").replaceAll(".*slapd (\\S+).*", "OpenLDAP $1");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.container.stop();
	}

}
