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

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.KeyResolver;
import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a caller wants to write, and where, before anything is sent.
 */
final class Targets {

	private final KeyResolver resolver;

	private final Supplier<@Nullable DirectorySchema> schema;

	/**
	 * Creates checks that the store will do again.
	 */
	Targets(KeyResolver resolver) {
		this(resolver, () -> null);
	}

	/**
	 * Creates the checks.
	 * @param schema the server's schema, if it is known already
	 */
	Targets(KeyResolver resolver, Supplier<@Nullable DirectorySchema> schema) {
		this.resolver = resolver;
		this.schema = schema;
	}

	/**
	 * What a verb writes to, if the value does not contradict the key.
	 */
	Target of(Verb verb, CharSequence key, @Nullable LdapValue value) {
		if (value == null) {
			throw new IllegalArgumentException(
					"The value for '" + Excerpt.of(key) + "' is null. To remove the entry, delete it.");
		}
		KeyPath given = LdapKey.pathOf(key);
		DistinguishedName absolute = this.resolver.absolute(given);
		if (absolute.isRoot()) {
			throw new IllegalArgumentException(
					"Key '" + Excerpt.of(key) + "' is the root of the tree, which cannot be written");
		}
		Target target = new Target(Operation.of(verb, given, absolute), absolute);
		NamingAttributes.check(target, value, this.schema.get());
		return target;
	}

	/**
	 * What a verb writes to that leaves the base of the store where it is.
	 */
	Target belowBase(Verb verb, CharSequence key) {
		Target target = of(verb, key, LdapValue.empty());
		if (this.resolver.base().startsWith(target.absolute())) {
			throw new IllegalArgumentException(
					"Key '" + Excerpt.of(key) + "' is the base of the store, which stays where it is");
		}
		return target;
	}

	static LdapPatch patch(CharSequence key, @Nullable Consumer<LdapPatch> changes) {
		if (changes == null) {
			throw new IllegalArgumentException("The changes for '" + Excerpt.of(key) + "' are null");
		}
		LdapPatch patch = new LdapPatch();
		changes.accept(patch);
		return patch;
	}

	/**
	 * What a patch gives to whole attributes: this must not contradict the key.
	 */
	static LdapValue set(LdapPatch patch) {
		LdapValue.Builder set = LdapValue.builder();
		for (LdapPatch.Change change : patch.changes()) {
			if (change.kind() == LdapPatch.Kind.SET) {
				set.set(change.attribute().name(), change.attribute().values().toArray());
			}
		}
		return set.build();
	}

}
