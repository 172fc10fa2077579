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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Version;
import com.unboundid.ldif.LDIFException;

/**
 * A directory in memory, set up as Boot sets up its embedded one.
 */
public final class EmbeddedDirectory implements TestDirectory, AutoCloseable {

	private static final String PASSWORD = "admin";

	private static final Pattern REQUEST = Pattern
		.compile(" (SEARCH|ADD|MODIFY|DELETE|MODDN|EXTENDED|ABANDON) REQUEST (?:.* attrs=\"([^\"]*)\")?");

	private final ServerLog log = new ServerLog(EmbeddedDirectory::requests);

	private final InMemoryDirectoryServer server;

	/**
	 * Starts an empty directory.
	 */
	public EmbeddedDirectory() {
		this((config) -> {
		});
	}

	/**
	 * Starts an empty directory that is different.
	 * @param different makes it so
	 */
	public EmbeddedDirectory(Consumer<InMemoryDirectoryServerConfig> different) {
		try {
			InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(SUFFIX);
			config.addAdditionalBindCredentials(userDn(), PASSWORD);
			config.setAccessLogHandler(new LogHandler());
			config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("LDAP", 0));
			different.accept(config);
			this.server = new InMemoryDirectoryServer(config);
			this.server.add("dn: " + SUFFIX, "objectClass: top", "objectClass: dcObject", "objectClass: organization",
					"dc: test", "o: Test");
			this.server.startListening();
		}
		catch (LDAPException | LDIFException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The one directory that all tests share.
	 * @return the directory
	 */
	public static EmbeddedDirectory shared() {
		return Shared.DIRECTORY;
	}

	/**
	 * The server behind it.
	 * @return the server
	 */
	public InMemoryDirectoryServer server() {
		return this.server;
	}

	@Override
	public String product() {
		return "UnboundID in memory " + Version.SHORT_VERSION_STRING.replaceAll(".*-", "");
	}

	@Override
	public String host() {
		return "localhost";
	}

	@Override
	public int port() {
		return this.server.getListenPort();
	}

	@Override
	public String userDn() {
		return "cn=admin," + SUFFIX;
	}

	@Override
	public String password() {
		return PASSWORD;
	}

	@Override
	public List<String> requestsDuring(Runnable code) {
		try (LDAPConnection connection = connect()) {
			awaitNextVersion();
			return this.log.operationsDuring(connection, code);
		}
	}

	/**
	 * Waits until the millisecond is over, which is the version of what was written last:
	 * in the same one a store reads an entry again.
	 */
	private static void awaitNextVersion() {
		long now = System.currentTimeMillis();
		while (System.currentTimeMillis() == now) {
			Thread.onSpinWait();
		}
	}

	private static List<String> requests(List<String> lines) {
		List<String> requests = new ArrayList<>();
		for (String line : lines) {
			Matcher matcher = REQUEST.matcher(line);
			if (matcher.find()) {
				boolean all = matcher.group(2) == null || "ALL".equals(matcher.group(2));
				requests.add(all ? matcher.group(1) : matcher.group(1) + " " + matcher.group(2).replace(',', ' '));
			}
		}
		return requests;
	}

	@Override
	public void close() {
		this.server.shutDown(true);
	}

	private final class LogHandler extends Handler {

		@Override
		public void publish(LogRecord line) {
			EmbeddedDirectory.this.log.accept(line.getMessage());
		}

		@Override
		public void flush() {
			// Nothing is held back.
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	}

	private static final class Shared {

		private static final EmbeddedDirectory DIRECTORY = new EmbeddedDirectory();

	}

}
