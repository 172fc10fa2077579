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

package io.github.ldapkv.pool;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;

/**
 * A domain whose servers DNS knows (RFC 2782), as the URL
 * {@code dns:///dc=example,dc=org}. It may name the server of DNS to ask.
 *
 * @param domain the domain, such as {@code example.org}
 * @param nameServer the host of the server of DNS, and its port if it has one; empty for
 * that of the system
 */
record ServiceUrl(String domain, String nameServer) {

	private static final String SCHEME = "dns://";

	/**
	 * Labels may have underscores: the sites of Active Directory are
	 * {@code Berlin._sites.example.org}.
	 */
	private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.?");

	static boolean isOne(String url) {
		return url.toLowerCase(Locale.ROOT).startsWith(SCHEME);
	}

	/**
	 * Whether a text is the name of a domain or of a host.
	 */
	static boolean isDomain(String name) {
		return DOMAIN.matcher(name).matches();
	}

	/**
	 * Reads a URL.
	 * @throws IllegalArgumentException if it names no domain
	 */
	static ServiceUrl of(String url) {
		String rest = url.substring(SCHEME.length());
		int slash = rest.indexOf('/');
		String name = (slash < 0) ? "" : rest.substring(slash + 1);
		String server = (slash < 0) ? rest : rest.substring(0, slash);
		return new ServiceUrl(domain(name), server);
	}

	/**
	 * The domain of a DN of domain components (RFC 2247), or one that is written as such.
	 */
	private static String domain(String name) {
		String domain = (name.indexOf('=') < 0) ? name : ofComponents(name);
		if (name.indexOf('?') >= 0 || name.indexOf('#') >= 0 || !isDomain(domain)) {
			throw new IllegalArgumentException("names no domain: that of dns:///dc=example,dc=org is example.org, "
					+ "which dns:///example.org means too");
		}
		return domain;
	}

	/**
	 * The domain of a DN; empty if it is that of none.
	 */
	private static String ofComponents(String name) {
		try {
			List<RDN> rdns = List.of(new DN(URI.create(name.replace(" ", "")).getPath()).getRDNs());
			return rdns.stream().allMatch((rdn) -> rdn.hasAttribute("dc"))
					? rdns.stream().map((rdn) -> rdn.getAttributeValues()[0]).collect(Collectors.joining(".")) : "";
		}
		catch (LDAPException | IllegalArgumentException ex) {
			return "";
		}
	}

	/**
	 * The name of the records of its servers (RFC 2782).
	 */
	String recordName() {
		return "_ldap._tcp." + this.domain;
	}

	@Override
	public String toString() {
		return this.recordName();
	}

}
