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

package io.github.ldapkv.testserver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;

/**
 * OpenLDAP in a container.
 */
public final class OpenLdapContainer extends ServerContainer<OpenLdapContainer> {

	private static final String PASSWORD = "admin";

	private static final int TLS_PORT = 636;

	private static final Pattern REQUEST = Pattern.compile(" (SRCH|ADD|MOD|DEL|MODRDN|EXT|ABANDON) (attr=(.*))?");

	private static final Map<String, String> NAMES = Map.of("SRCH", "SEARCH", "ADD", "ADD", "MOD", "MODIFY", "DEL",
			"DELETE", "MODRDN", "MODDN", "EXT", "EXTENDED", "ABANDON", "ABANDON");

	private final ServerLog log = new ServerLog(OpenLdapContainer::requests);

	/**
	 * Describes a container that is not started yet.
	 */
	public OpenLdapContainer() {
		super("openldap");
		// The names of osixia/openldap, which Boot's service connection reads too.
		withEnv("LDAP_DOMAIN", "test.org");
		withEnv("LDAP_BASE_DN", SUFFIX);
		withEnv("LDAP_ADMIN_PASSWORD", PASSWORD);
		withEnv("LDAP_TLS", "false");
		// One request of a connection at a time: see ServerTransaction.
		withEnv("LDAP_THREADS", "3");
		withLogConsumer((frame) -> frame.getUtf8String().lines().forEach(this.log));
	}

	/**
	 * Lets the server speak TLS, with certificates that it makes itself.
	 * @return this container
	 */
	public OpenLdapContainer withTls() {
		withExposedPorts(PORT, TLS_PORT);
		return withEnv("LDAP_TLS", "true");
	}

	/**
	 * Where the server speaks TLS from the start.
	 * @return an LDAP URL
	 */
	public String tlsUrl() {
		return "ldaps://localhost:" + tlsPort();
	}

	/**
	 * The port that the server speaks TLS on from the start.
	 * @return the port
	 */
	public int tlsPort() {
		return port(TLS_PORT);
	}

	/**
	 * Gives the server a certificate of another authority, and restarts it.
	 */
	public void renewCertificate() {
		run("rm /container/service/slapd/assets/certs/*");
		restart();
	}

	/**
	 * Changes the administrator's password. Connections that are open stay.
	 * @param password the new password
	 */
	public void changePassword(String password) {
		configure("dn: olcDatabase={1}mdb,cn=config", "changetype: modify", "replace: olcRootPW",
				"olcRootPW: " + password);
		withEnv("LDAP_ADMIN_PASSWORD", password);
	}

	/**
	 * Changes the configuration of the server while it runs. Connections that are open
	 * stay.
	 * @param ldif the lines of a modification in LDIF
	 */
	public void configure(String... ldif) {
		try (LDAPConnection connection = new LDAPConnection(host(), port(), "cn=admin,cn=config", "config")) {
			connection.modify(ldif);
		}
		catch (LDAPException | LDIFException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Runs commands in the container, by its shell.
	 * @param script the commands
	 */
	public void run(String script) {
		try {
			ExecResult result = execInContainer("bash", "-ec", script);
			if (result.getExitCode() != 0) {
				throw new IllegalStateException(result.getStderr());
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A file that the server made or was given for TLS: {@code ca.crt},
	 * {@code client.crt}, {@code client.key}.
	 * @param name the name of the file
	 * @return its text
	 */
	public String certificate(String name) {
		return copyFileFromContainer("/container/service/slapd/assets/certs/" + name,
				(in) -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
	}

	/**
	 * A TLS context that trusts this server and no other.
	 * @return the context
	 */
	public SSLContext trust() {
		try {
			return Trust.only(CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(certificate("ca.crt").getBytes(StandardCharsets.UTF_8))));
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The one server that all tests of a run share, started when first asked for.
	 * @return the running server
	 */
	public static OpenLdapContainer shared() {
		return Shared.CONTAINER;
	}

	@Override
	public String product() {
		return version("OpenLDAP", "slapd", "-VV");
	}

	@Override
	public String userDn() {
		return "cn=admin," + SUFFIX;
	}

	@Override
	public String password() {
		return getEnvMap().get("LDAP_ADMIN_PASSWORD");
	}

	@Override
	public List<String> requestsDuring(Runnable code) {
		try (LDAPConnection connection = connect()) {
			return this.log.operationsDuring(connection, code);
		}
	}

	/**
	 * A modification has a second line with its attributes, a search one with those asked
	 * for.
	 */
	private static List<String> requests(List<String> lines) {
		List<String> requests = new ArrayList<>();
		for (String line : lines) {
			Matcher matcher = REQUEST.matcher(line);
			if (!matcher.find()) {
				continue;
			}
			String name = Objects.requireNonNull(NAMES.get(matcher.group(1)));
			if (matcher.group(2) == null) {
				requests.add(name);
			}
			else if ("SEARCH".equals(name)) {
				requests.set(requests.size() - 1, name + " " + matcher.group(3));
			}
		}
		return requests;
	}

	/**
	 * Where other containers reach the server.
	 * @return the address
	 */
	public String addressInside() {
		return getContainerInfo().getNetworkSettings().getNetworks().values().iterator().next().getIpAddress();
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
