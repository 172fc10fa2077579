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

package io.github.ldapkv.internal.schema;

import java.util.List;

import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.key.RdnSequence;
import io.github.ldapkv.internal.text.AttributeNames;

/**
 * Which entry a name means: the name in the form that all its spellings share by the
 * rules of the server's schema, such as those that count case. Where the server shows no
 * rule it is the form by which keys are compared.
 *
 * @param rdns the components, the one nearest to the root first
 */
public record EntryIdentity(List<String> rdns) implements Comparable<EntryIdentity> {

	public static EntryIdentity of(RdnSequence name, DirectorySchema schema) {
		return new EntryIdentity(name.rdns().stream().map((rdn) -> of(rdn, schema)).toList());
	}

	/**
	 * With its length nothing in a value can be taken for what follows it.
	 */
	private static String of(Rdn rdn, DirectorySchema schema) {
		List<String> parts = rdn.avas().stream().map((ava) -> {
			String value = value(ava, schema.equality(ava.type()));
			return AttributeNames.lower(schema.nameOf(ava.type())) + '=' + value.length() + ':' + value;
		}).sorted().toList();
		return (parts.size() == 1) ? parts.get(0) : String.join("+", parts);
	}

	private static String value(Rdn.Ava ava, EqualityRule rule) {
		return (ava.encoded() || rule == EqualityRule.OCTETS) ? ava.foldedValue()
				: rule.normalized(ava.value()).toString();
	}

	/**
	 * Whether two names are the same entry's.
	 */
	public static boolean same(RdnSequence one, RdnSequence other, DirectorySchema schema) {
		return one.depth() == other.depth() && of(one, schema).equals(of(other, schema));
	}

	EntryIdentity parent() {
		return new EntryIdentity(this.rdns.subList(0, this.rdns.size() - 1));
	}

	public boolean startsWith(EntryIdentity ancestor) {
		return this.rdns.size() >= ancestor.rdns.size()
				&& this.rdns.subList(0, ancestor.rdns.size()).equals(ancestor.rdns);
	}

	@Override
	public int compareTo(EntryIdentity other) {
		int common = Math.min(this.rdns.size(), other.rdns.size());
		for (int i = 0; i < common; i++) {
			int order = this.rdns.get(i).compareTo(other.rdns.get(i));
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(this.rdns.size(), other.rdns.size());
	}

}
