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

package io.github.ldapkv;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.testserver.TestDirectory;

/**
 * The reads among {@link RandomCalls}.
 */
final class RandomReads {

	private final TestDirectory directory;

	private final LdapKeyValueTemplate store;

	private final LdapKey area;

	private final ReferenceStore reference;

	private final Comparison comparison;

	private final Random random;

	private final RandomInput input;

	private final RandomTree patterns;

	RandomReads(TestDirectory directory, LdapKeyValueTemplate store, LdapKey area, ReferenceStore reference,
			Comparison comparison, Random random, RandomInput input) {
		this.directory = directory;
		this.store = store;
		this.area = area;
		this.reference = reference;
		this.comparison = comparison;
		this.random = random;
		this.input = input;
		this.patterns = new RandomTree(random.nextLong(), store, area);
	}

	void get(CharSequence spelled) {
		LdapKey key = LdapKey.of(spelled);
		this.comparison.same("get", key, () -> seen(this.store.getRequired(spelled)),
				() -> seen(this.reference.getRequired(key)));
		this.comparison.same("contains", key, () -> this.store.contains(spelled), () -> this.reference.contains(key));
		this.comparison.same("children", key, () -> names(this.store.children(spelled)),
				() -> this.reference.children(key));
	}

	void query(List<LdapKey> there) throws LDAPException {
		Map<String, LdapKey> spellings = new TreeMap<>();
		all().forEach((entry) -> {
			LdapKey key = LdapKey.ofServerDn(entry.getDN());
			spellings.put(ReferenceNames.of(key), key);
		});
		KeyPattern pattern = this.patterns.pattern(there.isEmpty() ? this.area : this.input.any(there));
		KeyQuery query = this.input.query(pattern, there);
		String condition = this.input.any(List.of("", "", "(carLicense=*)", "(!(title=*))"));
		boolean some = this.random.nextInt(3) == 0;
		String text = query + " " + query.range() + condition;
		KeyQuery filtered = condition.isEmpty() ? query : query.filter(condition);
		KeyQuery narrow = some ? filtered.attributes("CN", "title") : filtered;
		Supplier<List<LdapKey>> found = () -> this.reference.keys(query, pattern, (value) -> switch (condition) {
			case "(carLicense=*)" -> value.has("carLicense");
			case "(!(title=*))" -> !value.has("title");
			default -> true;
		}, spellings);
		boolean ordered = query.range().isOrdered();
		this.comparison.same("keys", text, () -> inOrder(ordered, this.store.keys(narrow)),
				() -> inOrder(ordered, found.get()));
		this.comparison.same("count", text, () -> this.store.count(narrow), () -> (long) found.get().size());
		Supplier<Object> values = () -> found.get()
			.stream()
			.map((key) -> ReferenceNames.of(key) + (key.equals(this.area) ? ""
					: seen(some ? only(this.reference.getRequired(key)) : this.reference.getRequired(key))))
			.toList();
		this.comparison.same("query", text, () -> inOrder(ordered, entries(this.store.query(narrow).stream())),
				() -> inOrder(ordered, (List<?>) values.get()));
		this.comparison.same("stream", text, () -> {
			try (Stream<LdapEntry> entries = this.store.stream(narrow)) {
				return inOrder(ordered, entries(entries));
			}
		}, () -> inOrder(ordered, (List<?>) values.get()));
	}

	private List<String> entries(Stream<LdapEntry> entries) {
		return entries
			.map((entry) -> ReferenceNames.of(entry.key()) + (entry.key().equals(this.area) ? "" : seen(entry.value())))
			.toList();
	}

	private static LdapValue only(LdapValue value) {
		LdapValue.Builder only = value.toBuilder();
		value.names().stream().filter((name) -> !List.of("cn", "title").contains(name)).forEach(only::without);
		return only.build();
	}

	private static Object inOrder(boolean ordered, List<?> results) {
		List<String> texts = results.stream()
			.map((result) -> (result instanceof LdapKey key) ? ReferenceNames.of(key) : result.toString())
			.toList();
		return ordered ? texts : texts.stream().sorted().toList();
	}

	void getAll(List<LdapKey> there) {
		List<String> keys = Stream.generate(() -> this.input.renamed(this.input.key(there)).toString())
			.limit(1 + this.random.nextInt(40))
			.toList();
		this.comparison.same("getAll", keys, () -> {
			Map<String, String> found = new LinkedHashMap<>();
			this.store.getAll(keys).forEach((key, value) -> found.put(key, seen(value)));
			return found;
		}, () -> {
			Map<String, String> found = new LinkedHashMap<>();
			keys.stream()
				.filter((key) -> this.reference.contains(LdapKey.of(key)))
				.forEach((key) -> found.put(key, seen(this.reference.getRequired(LdapKey.of(key)))));
			return found;
		});
	}

	/**
	 * A value as it has to come back: the order of values does not count, and DNs have
	 * the spelling of the server.
	 */
	private static String seen(LdapValue value) {
		Map<String, List<String>> seen = new TreeMap<>();
		value.asMap().forEach((name, values) -> {
			String lower = name.toLowerCase(Locale.ROOT);
			if (!"objectclass".equals(lower)) {
				seen.put(lower,
						values.stream()
							.map((one) -> "seealso".equals(lower) ? ReferenceNames.normal("seeAlso", one)
									: (one instanceof byte[] bytes) ? Arrays.toString(bytes) : one.toString())
							.sorted()
							.toList());
			}
		});
		return seen.toString();
	}

	static Set<String> names(Collection<LdapKey> keys) {
		return keys.stream().map(ReferenceNames::of).collect(Collectors.toCollection(TreeSet::new));
	}

	private List<SearchResultEntry> all() throws LDAPException {
		try (LDAPConnection connection = this.directory.connect()) {
			return connection.search(this.area.dn(), SearchScope.SUB, "(objectClass=inetOrgPerson)").getSearchEntries();
		}
	}

	/**
	 * Compares all that the directory holds, read without the store.
	 */
	void compareAll() throws LDAPException {
		Map<String, String> expected = new TreeMap<>();
		this.reference.values().forEach((key, value) -> expected.put(ReferenceNames.of(LdapKey.of(key)), seen(value)));
		Map<String, String> actual = new TreeMap<>();
		for (SearchResultEntry entry : all()) {
			LdapValue.Builder value = LdapValue.builder();
			for (Attribute attribute : entry.getAttributes()) {
				boolean binary = List.of("jpegphoto", "userpassword")
					.contains(attribute.getName().toLowerCase(Locale.ROOT));
				value.set(attribute.getName(),
						binary ? (Object[]) attribute.getValueByteArrays() : (Object[]) attribute.getValues());
			}
			actual.put(ReferenceNames.of(LdapKey.ofServerDn(entry.getDN())), seen(value.build()));
		}
		this.comparison.compare("all", "", actual, expected);
	}

}
