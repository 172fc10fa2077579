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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import org.jspecify.annotations.Nullable;

/**
 * Creates, changes, moves and deletes entries and whole trees at random below an entry,
 * and does not know the store. The names are so few that it often meets what it or
 * another one has written; what a server refuses it leaves.
 */
final class RandomWriter implements AutoCloseable {

	private static final int UNITS = 4;

	private static final int PEOPLE = 12;

	private static final int WORDS = 4;

	private static final int TIMEOUT_MILLIS = 1000;

	private final String url;

	private final String userDn;

	private final String password;

	private final String area;

	private final Random random;

	private @Nullable LDAPConnection connection;

	/**
	 * Describes a writer.
	 * @param url where it connects to, again and again if need be
	 * @param area the DN below which it writes
	 */
	RandomWriter(String url, String userDn, String password, String area, long seed) {
		this.url = url;
		this.userDn = userDn;
		this.password = password;
		this.area = area;
		this.random = new Random(seed);
	}

	/**
	 * Does something.
	 * @return whether the server has done it
	 */
	boolean write() {
		try {
			write(connection());
			return true;
		}
		catch (LDAPException ex) {
			if (!ex.getResultCode().isConnectionUsable()) {
				close();
				LockSupport.parkNanos(20_000_000);
			}
			return false;
		}
	}

	private LDAPConnection connection() throws LDAPException {
		LDAPConnection current = this.connection;
		if (current == null || !current.isConnected()) {
			LDAPURL parsed = new LDAPURL(this.url);
			LDAPConnectionOptions options = new LDAPConnectionOptions();
			options.setUseSynchronousMode(true);
			options.setConnectTimeoutMillis(TIMEOUT_MILLIS);
			options.setResponseTimeoutMillis(TIMEOUT_MILLIS);
			current = new LDAPConnection(options, parsed.getHost(), parsed.getPort(), this.userDn, this.password);
			this.connection = current;
		}
		return current;
	}

	private void write(LDAPConnection server) throws LDAPException {
		switch (this.random.nextInt(20)) {
			case 0, 1, 2 -> add(server, unit());
			case 3, 4, 5, 6, 7 -> add(server, person());
			case 8, 9, 10, 11 -> server.modify(person(), replace("title", word()));
			case 12 -> server.modify(unit(), replace("description", word()));
			case 13, 14, 15 -> move(server, person(), person());
			case 16, 17 -> move(server, unit(), unit());
			case 18 -> server.delete(person());
			default -> deleteTree(server, unit());
		}
	}

	/**
	 * One in three is below another one, and one in eight outside.
	 */
	private String unit() {
		String unit = "ou=u" + this.random.nextInt(UNITS) + ",";
		if (this.random.nextInt(3) == 0) {
			unit += "ou=u" + this.random.nextInt(UNITS) + ",";
		}
		return unit + ((this.random.nextInt(8) == 0) ? outside(this.area) : this.area);
	}

	/**
	 * Where trees go that leave, and come from that come in.
	 */
	static String outside(String area) {
		return "ou=outside-of-" + area.substring("ou=".length());
	}

	private String person() {
		return "uid=p" + this.random.nextInt(PEOPLE) + "," + unit();
	}

	private String word() {
		return "w" + this.random.nextInt(WORDS);
	}

	private static Modification replace(String name, String value) {
		return new Modification(ModificationType.REPLACE, name, value);
	}

	private void add(LDAPConnection server, String dn) throws LDAPException {
		Entry entry = new Entry(dn);
		String value = dn.substring(dn.indexOf('=') + 1, dn.indexOf(','));
		if (dn.startsWith("uid=")) {
			entry.addAttribute(new Attribute("objectClass", "inetOrgPerson"));
			entry.addAttribute(new Attribute("uid", value));
			entry.addAttribute(new Attribute("cn", "Person"));
			entry.addAttribute(new Attribute("sn", "Person"));
			entry.addAttribute(new Attribute("title", word()));
		}
		else {
			entry.addAttribute(new Attribute("objectClass", "organizationalUnit"));
			entry.addAttribute(new Attribute("ou", value));
		}
		server.add(entry);
	}

	private static void move(LDAPConnection server, String from, String to) throws LDAPException {
		int comma = to.indexOf(',');
		server.modifyDN(from, to.substring(0, comma), true, to.substring(comma + 1));
	}

	private static void deleteTree(LDAPConnection server, String dn) throws LDAPException {
		List<String> dns = new ArrayList<>();
		for (SearchResultEntry entry : server
			.search(dn, SearchScope.SUB, "(objectClass=*)", SearchRequest.NO_ATTRIBUTES)
			.getSearchEntries()) {
			dns.add(entry.getDN());
		}
		// Those below first.
		dns.sort((one, other) -> other.length() - one.length());
		for (String each : dns) {
			server.delete(each);
		}
	}

	@Override
	public void close() {
		LDAPConnection current = this.connection;
		if (current != null) {
			current.close();
		}
		this.connection = null;
	}

}
