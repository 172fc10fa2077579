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

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ldapkv.internal.text.Excerpt;

import org.springframework.util.Assert;

/**
 * Reads the URLs of servers. What JNDI cannot connect to is refused when it is set, and
 * not with the first connection. A message shows no more of a URL than its scheme, host
 * and port: the rest may be a password that is not where it belongs.
 */
final class ServerUrls {

	private static final Pattern SHOWN = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*://)?[^:/?#@%\\s]*(?::\\d*)?");

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]");

	private ServerUrls() {
	}

	/**
	 * Refuses what is no URL of a server.
	 * @throws IllegalArgumentException if a URL is not of LDAP, has no host that can be
	 * connected to, or has an account, a DN or anything else in it
	 */
	static List<String> checked(Collection<String> urls) {
		Assert.notNull(urls, "The URLs are null");
		for (String url : urls) {
			Assert.notNull(url, "A URL is null");
			check(url);
		}
		return List.copyOf(urls);
	}

	static boolean isEncrypted(String url) {
		return url.toLowerCase(Locale.ROOT).startsWith("ldaps:");
	}

	private static void check(String url) {
		if (url.contains("@") || url.contains("%40")) {
			throw new IllegalArgumentException(
					"A URL has an account in it, which LDAP URLs have no place for: give it beside them");
		}
		if (url.contains("${")) {
			throw refused(url, "has a placeholder in it that nothing has replaced");
		}
		if (url.chars().anyMatch(Character::isWhitespace)) {
			throw refused(url,
					"has a blank in it. Several URLs are elements of a list, which commas separate in a " + "property");
		}
		if (ServiceUrl.isOne(url)) {
			checkService(url);
			return;
		}
		String lower = url.toLowerCase(Locale.ROOT);
		if (!lower.startsWith("ldap://") && !lower.startsWith("ldaps://")) {
			throw refused(url, "is neither an ldap:// nor an ldaps:// URL, nor a dns:// URL with a domain");
		}
		String rest = url.substring(url.indexOf("//") + 2);
		int end = endOfAuthority(rest);
		checkAuthority(url, rest.substring(0, end));
		if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
			throw refused(url, "has more in it than a host and a port, which the store would not heed");
		}
		if (rest.length() > end + 1) {
			throw refused(url, "has a DN in it, which is what the base is for");
		}
	}

	private static void checkService(String url) {
		String nameServer;
		try {
			nameServer = ServiceUrl.of(url).nameServer();
		}
		catch (IllegalArgumentException ex) {
			throw refused(url, String.valueOf(ex.getMessage()));
		}
		if (!nameServer.isEmpty()) {
			checkAuthority(url, nameServer);
		}
	}

	private static int endOfAuthority(String rest) {
		int end = 0;
		while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
			end++;
		}
		return end;
	}

	private static void checkAuthority(String url, String authority) {
		int colon = authority.lastIndexOf(':');
		boolean hasPort = colon > authority.lastIndexOf(']');
		String host = hasPort ? authority.substring(0, colon) : authority;
		if (host.isEmpty()) {
			throw refused(url, "names no host");
		}
		if (host.indexOf('_') >= 0) {
			throw refused(url, "has an underscore in its host, which no name of a host may have (RFC 1123), and which "
					+ "Java does not connect to: use another name of the server, or its address");
		}
		if (!HOST.matcher(host).matches()) {
			throw refused(url, "has something in place of its host that is none");
		}
		if (hasPort && !isPort(authority.substring(colon + 1))) {
			throw refused(url, "has something in place of its port that is no number from 1 to 65535");
		}
	}

	private static boolean isPort(String port) {
		return port.matches("[0-9]{1,5}") && Integer.parseInt(port) > 0 && Integer.parseInt(port) <= 0xFFFF;
	}

	private static IllegalArgumentException refused(String url, String why) {
		Matcher matcher = SHOWN.matcher(url);
		boolean shown = matcher.lookingAt() && (matcher.hitEnd() || "/?#".indexOf(url.charAt(matcher.end())) >= 0
				|| Character.isWhitespace(url.charAt(matcher.end())));
		String more = shown && matcher.end() < url.length() ? "..." : "";
		return new IllegalArgumentException(
				(shown ? "'" + Excerpt.of(matcher.group()) + more + "'" : "A URL, which is not shown,") + " " + why);
	}

}
