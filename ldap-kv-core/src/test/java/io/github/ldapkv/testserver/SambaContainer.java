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

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.SSLContext;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.ObjectPair;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import org.testcontainers.images.builder.Transferable;

/**
 * Active Directory, as Samba does it, in a container.
 */
public final class SambaContainer extends TappedContainer<SambaContainer> {

	private static final String FILES = "/srv/samba/private/tls/";

	private static final int TLS_PORT = 636;

	private final X509Certificate certificate;

	private SambaContainer() {
		super("samba");
		withEnv("SAMBA_REALM", "TEST.ORG");
		withExposedPorts(PORT, TLS_PORT);
		ObjectPair<X509Certificate, KeyPair> pair = newCertificate();
		this.certificate = pair.getFirst();
		String text = this.certificate.toPEMString();
		String key = "-----BEGIN PRIVATE KEY-----\n"
				+ Base64.getMimeEncoder().encodeToString(pair.getSecond().getPrivate().getEncoded())
				+ "\n-----END PRIVATE KEY-----\n";
		withCopyToContainer(Transferable.of(text), FILES + "ca.pem");
		withCopyToContainer(Transferable.of(text), FILES + "cert.pem");
		// A key that others may read is refused.
		withCopyToContainer(Transferable.of(key, 0600), FILES + "key.pem");
	}

	private static ObjectPair<X509Certificate, KeyPair> newCertificate() {
		long now = System.currentTimeMillis();
		try {
			return X509Certificate.generateSelfSignedCertificate(SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
					PublicKeyAlgorithmIdentifier.RSA, 2048, new DN("CN=localhost"), now - Duration.ofDays(1).toMillis(),
					now + Duration.ofDays(30).toMillis());
		}
		catch (CertException | LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Where the server speaks TLS from the start, without which it takes no passwords of
	 * others.
	 * @return an LDAP URL
	 */
	public String tlsUrl() {
		return "ldaps://localhost:" + getMappedPort(TLS_PORT);
	}

	/**
	 * A TLS context that trusts this server and no other.
	 * @return the context
	 */
	public SSLContext trust() {
		try {
			return Trust.only(this.certificate.toCertificate());
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The one server that all tests of a run share, started when first asked for.
	 * @return the running server
	 */
	public static SambaContainer shared() {
		return Shared.CONTAINER;
	}

	@Override
	public String product() {
		return version("Samba AD DC", "samba", "-V");
	}

	@Override
	public String userDn() {
		return "CN=Administrator,CN=Users," + SUFFIX;
	}

	@Override
	public String password() {
		return "Passw0rd.";
	}

	/**
	 * Runs the administrator's tool of Samba.
	 * @param arguments a command and its arguments
	 */
	public void tool(String... arguments) {
		List<String> command = new ArrayList<>(List.of("samba-tool"));
		command.addAll(List.of(arguments));
		command.addAll(List.of("-H", "/srv/samba/private/sam.ldb", "-s", "/srv/samba/etc/smb.conf"));
		try {
			ExecResult result = execInContainer(command.toArray(String[]::new));
			if (result.getExitCode() != 0) {
				throw new IllegalStateException(result.getStdout() + result.getStderr());
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

	private static final class Shared {

		private static final SambaContainer CONTAINER = new SambaContainer().started();

	}

}
