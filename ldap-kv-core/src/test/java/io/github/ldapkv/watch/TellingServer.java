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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Enumerated;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.protocol.IntermediateResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncState;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.LdapConnectionPool;
import io.github.ldapkv.testserver.Answer;
import io.github.ldapkv.testserver.LyingDirectory;
import org.jspecify.annotations.Nullable;

/**
 * A directory of a few units, which offers to tell of changes, and does so as a test
 * says.
 */
final class TellingServer implements AutoCloseable {

	static final String BASE = "dc=test,dc=org";

	static final String CONTENT_SYNC = "1.3.6.1.4.1.4203.1.9.1.1";

	static final String PERSISTENT_SEARCH = "2.16.840.1.113730.3.4.3";

	private static final Set<String> OPERATIONAL = Set.of("entryuuid", "entryusn", "modifytimestamp");

	private final LyingDirectory server = new LyingDirectory();

	private final Map<String, List<Attribute>> entries = new ConcurrentSkipListMap<>();

	private final AtomicInteger whole = new AtomicInteger();

	private final String vendor;

	private final String offered;

	private volatile Telling telling;

	/**
	 * Starts a server with no entry but its base.
	 * @param vendor what it calls itself
	 * @param offered the control that it says it knows
	 * @param telling what it does when it is asked to tell
	 */
	TellingServer(String vendor, String offered, Telling telling) {
		this.vendor = vendor;
		this.offered = offered;
		this.telling = telling;
		this.entries.put(BASE, List.of(new Attribute("objectClass", "domain"), new Attribute("dc", "test"),
				new Attribute("entryUUID", new UUID(0, 0).toString())));
		this.server.lie(this::answer);
	}

	LyingDirectory server() {
		return this.server;
	}

	void telling(Telling other) {
		this.telling = other;
	}

	/**
	 * A store on this server alone, or on others after it.
	 */
	LdapKeyValueTemplate store(TellingServer... others) {
		List<String> urls = new ArrayList<>(List.of(this.server.url()));
		Arrays.stream(others).map((other) -> other.server.url()).forEach(urls::add);
		return new LdapKeyValueTemplate(LdapConnectionPool.builder(urls).user("cn=admin", "s3cret").base(BASE).build());
	}

	/**
	 * Puts a unit below the base.
	 * @param number tells it from others, wherever it is called the same
	 */
	void put(int number, String description) {
		put(number, description, "1");
	}

	void put(int number, String description, String version) {
		put(number, description, new Attribute("entryusn", version));
	}

	/**
	 * Puts a unit that was last written at a time.
	 */
	void putAt(int number, String description, String time) {
		put(number, description, new Attribute("modifyTimestamp", time));
	}

	private void put(int number, String description, Attribute version) {
		this.entries.put(dn(number),
				List.of(new Attribute("objectClass", "organizationalUnit"), new Attribute("ou", "u" + number),
						new Attribute("description", description), new Attribute("entryUUID", id(number).toString()),
						version));
	}

	/**
	 * How many entries were sent with their user attributes.
	 */
	int wholeEntries() {
		return this.whole.get();
	}

	/**
	 * Gives a unit the name of another, and leaves it the identifier.
	 */
	void move(int number, int to) {
		List<Attribute> moved = new ArrayList<>(this.entries.remove(dn(number)));
		moved.replaceAll((attribute) -> attribute.getName().equals("ou") ? new Attribute("ou", "u" + to) : attribute);
		this.entries.put(dn(to), moved);
	}

	void delete(int number) {
		this.entries.remove(dn(number));
	}

	static String dn(int number) {
		return "ou=u" + number + "," + BASE;
	}

	static UUID id(int number) {
		return new UUID(1, number);
	}

	private boolean answer(LDAPMessage request, Answer answer) throws IOException {
		if (!(request.getProtocolOp() instanceof SearchRequestProtocolOp search)) {
			return false;
		}
		for (Control control : request.getControls()) {
			if (control.getOID().equals(this.offered)) {
				this.telling.begins(control, answer);
				return true;
			}
		}
		String base = search.getBaseDN().toLowerCase(Locale.ROOT);
		if (base.isEmpty()) {
			answer.send(new SearchResultEntryProtocolOp("",
					List.of(new Attribute("objectClass", "top"), new Attribute("vendorName", this.vendor),
							new Attribute("namingContexts", BASE), new Attribute("supportedControl", this.offered))));
			answer.result(0, "");
			return true;
		}
		for (Map.Entry<String, List<Attribute>> entry : this.entries.entrySet()) {
			if (isMeant(search, base, entry.getKey())) {
				List<Attribute> asked = asked(search, entry.getValue());
				this.whole.addAndGet(asked.stream().anyMatch((one) -> one.getName().equals("description")) ? 1 : 0);
				answer.send(new SearchResultEntryProtocolOp(entry.getKey(), asked));
			}
		}
		answer.result(this.entries.containsKey(base) ? 0 : 32, "");
		return true;
	}

	private static boolean isMeant(SearchRequestProtocolOp search, String base, String dn) {
		return switch (search.getScope().intValue()) {
			case 0 -> dn.equals(base);
			case 1 -> dn.endsWith("," + base) && dn.indexOf(',') == dn.length() - base.length() - 1;
			default -> dn.equals(base) || dn.endsWith("," + base);
		};
	}

	private static List<Attribute> asked(SearchRequestProtocolOp search, List<Attribute> attributes) {
		List<String> asked = search.getAttributes().stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList();
		return attributes.stream().filter((attribute) -> {
			String name = attribute.getName().toLowerCase(Locale.ROOT);
			return asked.contains(name) || (asked.isEmpty() || asked.contains("*")) && !OPERATIONAL.contains(name);
		}).toList();
	}

	/**
	 * Says that what is told from now on has changed.
	 */
	static void sayThatItHasBegun(Answer answer, @Nullable String cookie) throws IOException {
		ContentSyncInfoIntermediateResponse done = ContentSyncInfoIntermediateResponse
			.createRefreshDeleteResponse((cookie != null) ? new ASN1OctetString(cookie) : null, true);
		answer.send(new IntermediateResponseProtocolOp(done.getOID(), done.getValue()));
	}

	/**
	 * Tells of an entry, without its attributes.
	 */
	static void tell(Answer answer, int number, ContentSyncState state) {
		try {
			answer.send(new SearchResultEntryProtocolOp(dn(number), List.of()),
					new ContentSyncStateControl(state, id(number), null));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Tells of an entry as no RFC foresees, as ApacheDS does.
	 */
	static void tellOfUnknownState(Answer answer, int number) throws IOException {
		byte[] id = new byte[16];
		ASN1Element value = new ASN1Sequence(new ASN1Enumerated(4), new ASN1OctetString(id));
		answer.send(new SearchResultEntryProtocolOp(dn(number), List.of()),
				new Control("1.3.6.1.4.1.4203.1.9.1.2", false, new ASN1OctetString(value.encode())));
	}

	/**
	 * The cookie of a request; empty for none.
	 */
	static String cookie(Control control) {
		try {
			ASN1OctetString cookie = new ContentSyncRequestControl(control).getCookie();
			return (cookie != null) ? new String(cookie.getValue(), StandardCharsets.UTF_8) : "";
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * What the server does when it is asked to tell of changes.
	 */
	@FunctionalInterface
	interface Telling {

		void begins(Control control, Answer answer) throws IOException;

	}

}
