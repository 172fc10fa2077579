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

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries that are measured with. Of each hundred the {@code uid} begins with the
 * same four letters: as many as OpenLDAP looks at in its index.
 */
final class People {

	static final String SUFFIX = "dc=test,dc=org";

	/**
	 * Where people are.
	 */
	static final String AREA = "People";

	/**
	 * Where people are put who are new.
	 */
	static final String NEW_AREA = "New";

	static final int GROUP_SIZE = 100;

	private static final int LETTERS = 26;

	private People() {
	}

	/**
	 * What all {@code uid}s of a group begin with.
	 */
	static String group(int group) {
		StringBuilder letters = new StringBuilder();
		for (int rest = group, i = 0; i < 4; i++, rest /= LETTERS) {
			letters.append((char) ('a' + rest % LETTERS));
		}
		return letters.reverse().toString();
	}

	static String uid(int number) {
		int member = number % GROUP_SIZE;
		return group(number / GROUP_SIZE) + member / 10 + member % 10;
	}

	static String dn(String uid) {
		return "uid=" + uid + ",ou=" + AREA + "," + SUFFIX;
	}

	static String newDn(String uid) {
		return "uid=" + uid + ",ou=" + NEW_AREA + "," + SUFFIX;
	}

	static Map<String, List<String>> attributes(String uid) {
		Map<String, List<String>> attributes = new LinkedHashMap<>();
		attributes.put("objectClass", List.of("inetOrgPerson"));
		attributes.put("uid", List.of(uid));
		attributes.put("cn", List.of("Person " + uid));
		attributes.put("sn", List.of(uid));
		attributes.put("mail", List.of(uid + "@test.org", uid + "@example.org"));
		attributes.put("telephoneNumber", List.of("+1 555 0100"));
		attributes.put("employeeNumber", List.of(Integer.toString(uid.hashCode() & Integer.MAX_VALUE)));
		attributes.put("title", List.of("Engineer"));
		attributes.put("description", List.of("What there is to say about " + uid));
		return attributes;
	}

	/**
	 * Writes a directory of people as LDIF (RFC 2849), without its suffix.
	 */
	static void write(int count, Path file) {
		try (BufferedWriter out = Files.newBufferedWriter(file)) {
			for (String area : List.of(AREA, NEW_AREA)) {
				out.write("dn: ou=" + area + "," + SUFFIX + "\nobjectClass: organizationalUnit\nou: " + area + "\n\n");
			}
			for (int i = 0; i < count; i++) {
				write(uid(i), out);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void write(String uid, BufferedWriter out) throws IOException {
		out.write("dn: " + dn(uid) + "\n");
		for (Map.Entry<String, List<String>> attribute : attributes(uid).entrySet()) {
			for (String value : attribute.getValue()) {
				out.write(attribute.getKey() + ": " + value + "\n");
			}
		}
		out.write("\n");
	}

}
