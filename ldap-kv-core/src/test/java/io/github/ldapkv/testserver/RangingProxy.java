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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;

/**
 * Stands before Samba, and has it send a large attribute in parts, which the original
 * Active Directory does unasked.
 */
public final class RangingProxy implements AutoCloseable {

	private static final String ALL = "*";

	private final AtomicInteger parts = new AtomicInteger();

	private final String attribute;

	private final Pattern asked;

	private final int size;

	private final RequestTap tap;

	/**
	 * Starts a proxy.
	 * @param host the host of the server
	 * @param port the port of the server
	 * @param attribute the attribute to send in parts
	 * @param size how many values a part has
	 */
	public RangingProxy(String host, int port, String attribute, int size) {
		this.attribute = attribute;
		this.asked = Pattern.compile(attribute + ";range=(\\d+)-\\*");
		this.size = size;
		this.tap = new RequestTap(host, port, this::rewrite);
	}

	/**
	 * Where clients connect to.
	 * @return an LDAP URL
	 */
	public String url() {
		return this.tap.url();
	}

	/**
	 * How many parts a client asked for, other than the first, which it gets unasked.
	 * @return their number
	 */
	public int parts() {
		return this.parts.get();
	}

	private LDAPMessage rewrite(LDAPMessage message) {
		if (message.getProtocolOpType() != LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_REQUEST) {
			return message;
		}
		SearchRequestProtocolOp search = message.getSearchRequestProtocolOp();
		List<String> attributes = new ArrayList<>();
		for (String name : search.getAttributes()) {
			Matcher matcher = this.asked.matcher(name);
			if (matcher.matches()) {
				this.parts.incrementAndGet();
				attributes.add(part(Integer.parseInt(matcher.group(1))));
			}
			else {
				attributes.add(name);
			}
		}
		if (attributes.isEmpty()) {
			attributes.add(ALL);
		}
		if (attributes.contains(ALL)) {
			attributes.add(part(0));
		}
		return new LDAPMessage(message.getMessageID(),
				new SearchRequestProtocolOp(search.getBaseDN(), search.getScope(), search.getDerefPolicy(),
						search.getSizeLimit(), search.getTimeLimit(), search.typesOnly(), search.getFilter(),
						attributes),
				message.getControls());
	}

	private String part(int first) {
		return this.attribute + ";range=" + first + "-" + (first + this.size - 1);
	}

	@Override
	public void close() {
		this.tap.close();
	}

}
