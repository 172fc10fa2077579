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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.text.Octets;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * What the verbs mean, told without a directory: a map of names to attributes. Its
 * methods give what those of the store have to give, or throw an exception of the same
 * class. Persons that may have any attribute are all that it knows.
 */
final class ReferenceStore {

	private final LdapKey top;

	private TreeMap<String, ReferenceEntry> nodes = new TreeMap<>();

	/**
	 * Makes an empty store.
	 * @param top the entry above all others, which is there and stays
	 */
	ReferenceStore(LdapKey top) {
		this.top = top;
	}

	/**
	 * Beyond ASCII the server has the last word.
	 */
	private static boolean isName(Rdn.Ava ava, Object given) {
		return ReferenceNames.normal(ava.type(), given).equals(ReferenceNames.normal(ava.type(), ava.value()))
				|| !(given + ava.value()).matches("\\p{ASCII}*") && loose(given).equals(loose(ava.value()));
	}

	private static String loose(Object value) {
		return ReferenceNames.normal("cn", value).replaceAll("[ \\-\"\\\\]", "");
	}

	String checked(LdapKey key, LdapValue value) {
		for (Rdn.Ava ava : key.path().rdns().get(key.path().depth() - 1).avas()) {
			if (value.names(ava.type()) && value.values(ava.type()).stream().noneMatch((given) -> isName(ava, given))) {
				throw new IllegalArgumentException(key + " is not " + value);
			}
		}
		return ReferenceNames.of(key);
	}

	void put(LdapKey key, LdapValue value) {
		String name = checked(key, value);
		ReferenceEntry there = this.nodes.get(name);
		if (there == null) {
			create(key, value);
			return;
		}
		ReferenceEntry changed = there.copy();
		value.attributes().forEach((attribute) -> {
			boolean classes = attribute.name().equalsIgnoreCase("objectClass") && !attribute.values().isEmpty();
			changed.set(attribute.name(),
					classes ? Octets.union(there.values("objectClass"), attribute.values()) : attribute.values());
		});
		changed.check();
		this.nodes.put(name, changed);
	}

	boolean putIfAbsent(LdapKey key, LdapValue value) {
		if (this.nodes.containsKey(checked(key, value))) {
			return false;
		}
		create(key, value);
		return true;
	}

	private void create(LdapKey key, LdapValue value) {
		if (!contains(key.parent())) {
			throw new DataIntegrityViolationException("no parent");
		}
		ReferenceEntry created = new ReferenceEntry(key, new TreeMap<>());
		value.attributes().forEach((attribute) -> created.set(attribute.name(), attribute.values()));
		for (Rdn.Ava ava : created.rdn().avas()) {
			if (created.values(ava.type()).isEmpty()) {
				created.set(ava.type(), List.of(ava.value()));
			}
		}
		if (!value.has("objectClass")) {
			throw new DataIntegrityViolationException("no object class");
		}
		created.check();
		this.nodes.put(ReferenceNames.of(key), created);
	}

	void replace(LdapKey key, LdapValue value) {
		String name = checked(key, value);
		ReferenceEntry there = this.nodes.get(name);
		if (there == null) {
			create(key, value);
			return;
		}
		ReferenceEntry changed = new ReferenceEntry(there.key(), new TreeMap<>());
		changed.set("objectClass", there.values("objectClass"));
		for (Rdn.Ava ava : there.rdn().avas()) {
			changed.set(ava.type(),
					there.values(ava.type())
						.stream()
						.filter((given) -> ReferenceNames.normal(ava.type(), given)
							.equals(ReferenceNames.normal(ava.type(), ava.value())))
						.toList());
		}
		value.attributes().forEach((attribute) -> changed.set(attribute.name(), attribute.values()));
		changed.check();
		this.nodes.put(name, changed);
	}

	void patch(LdapKey key, List<LdapPatch.Change> changes) {
		LdapValue.Builder set = LdapValue.builder();
		changes.stream()
			.filter((change) -> change.kind() == LdapPatch.Kind.SET)
			.forEach((change) -> set.set(change.attribute().name(), change.attribute().values().toArray()));
		String name = checked(key, set.build());
		ReferenceEntry changed = existing(key).copy();
		for (LdapPatch.Change change : changes) {
			String attribute = change.attribute().name();
			List<Object> values = new ArrayList<>(changed.values(attribute));
			switch (change.kind()) {
				case SET -> values = change.attribute().values();
				case ADD -> {
					for (Object value : change.attribute().values()) {
						if (values.stream()
							.noneMatch((there) -> ReferenceNames.normal(attribute, there)
								.equals(ReferenceNames.normal(attribute, value)))) {
							values.add(value);
						}
					}
				}
				case REMOVE -> {
					for (Object value : change.attribute().values()) {
						values.removeIf((there) -> ReferenceNames.normal(attribute, there)
							.equals(ReferenceNames.normal(attribute, value)));
					}
				}
			}
			changed.set(attribute, values);
			if (!changed.isSingle()) {
				throw new DataIntegrityViolationException("schema");
			}
		}
		changed.check();
		this.nodes.put(name, changed);
	}

	long increment(LdapKey key, String attribute, long delta) {
		ReferenceEntry changed = existing(key).copy();
		List<Object> values = changed.values(attribute);
		if (values.size() > 1) {
			throw new DataIntegrityViolationException("not one number");
		}
		try {
			long sum = Math.addExact(values.isEmpty() ? 0 : Long.parseLong(values.get(0).toString().strip()), delta);
			changed.set(attribute, List.of(String.valueOf(sum)));
			changed.check();
			this.nodes.put(ReferenceNames.of(key), changed);
			return sum;
		}
		catch (NumberFormatException | ArithmeticException ex) {
			throw new DataIntegrityViolationException("no number", ex);
		}
	}

	boolean delete(LdapKey key) {
		String name = ReferenceNames.of(key);
		if (this.nodes.containsKey(name) && below(name).size() > 1) {
			throw new DataIntegrityViolationException("children");
		}
		return this.nodes.remove(name) != null;
	}

	long deleteTree(LdapKey key) {
		List<String> names = List.copyOf(below(ReferenceNames.of(key)).keySet());
		names.forEach(this.nodes::remove);
		return names.size();
	}

	void move(LdapKey from, LdapKey to) {
		String source = ReferenceNames.of(from);
		String destination = ReferenceNames.of(to);
		if (destination.startsWith(source + "\u0001")) {
			throw new IllegalArgumentException("below itself");
		}
		ReferenceEntry moved = existing(from).copy();
		if (!destination.equals(source) && this.nodes.containsKey(destination)) {
			throw new DuplicateKeyException("in the way");
		}
		if (!contains(to.parent())) {
			throw new DataIntegrityViolationException("no parent");
		}
		ReferenceEntry renamed = new ReferenceEntry(spelled(to), moved.attributes());
		for (Rdn.Ava ava : moved.rdn().avas()) {
			List<Object> values = new ArrayList<>(renamed.values(ava.type()));
			values.removeIf((there) -> ReferenceNames.normal(ava.type(), there)
				.equals(ReferenceNames.normal(ava.type(), ava.value())));
			renamed.set(ava.type(), values);
		}
		for (Rdn.Ava ava : renamed.rdn().avas()) {
			List<Object> values = new ArrayList<>(renamed.values(ava.type()));
			if (values.stream()
				.noneMatch((there) -> ReferenceNames.normal(ava.type(), there)
					.equals(ReferenceNames.normal(ava.type(), ava.value())))) {
				values.add(ava.value());
			}
			renamed.set(ava.type(), values);
		}
		renamed.check();
		Map<String, ReferenceEntry> tree = Map.copyOf(below(source));
		tree.keySet().forEach(this.nodes::remove);
		tree.forEach((name, node) -> this.nodes.put(destination + name.substring(source.length()),
				name.equals(source) ? renamed
						: new ReferenceEntry(new LdapKey(DistinguishedName.ROOT.append(renamed.key().path())
							.append(node.key().path().withoutFirst(from.path().depth()))
							.asKey()), node.attributes())));
	}

	/**
	 * Does all of several writes, or none.
	 */
	void atomically(Consumer<ReferenceStore> writes) {
		TreeMap<String, ReferenceEntry> before = new TreeMap<>(this.nodes);
		try {
			writes.accept(this);
		}
		catch (RuntimeException ex) {
			this.nodes = before;
			throw ex;
		}
	}

	/**
	 * What a condition that does not hold ends in.
	 */
	static OptimisticLockingFailureException changed() {
		return new OptimisticLockingFailureException("changed");
	}

	boolean contains(LdapKey key) {
		return key.equals(this.top) || this.nodes.containsKey(ReferenceNames.of(key));
	}

	LdapValue getRequired(LdapKey key) {
		ReferenceEntry node = this.nodes.get(ReferenceNames.of(key));
		if (node == null) {
			throw new EmptyResultDataAccessException("missing", 1);
		}
		return node.value();
	}

	/**
	 * The keys that a query finds, in their order.
	 * @param filter what its filter says
	 * @param spellings the keys by their names as the directory spells them, which a
	 * pattern is matched against
	 */
	List<LdapKey> keys(KeyQuery query, KeyPattern pattern, Predicate<LdapValue> filter,
			Map<String, LdapKey> spellings) {
		Stream<LdapKey> found = Stream
			.concat(filter.test(LdapValue.empty()) ? Stream.of(this.top) : Stream.empty(),
					this.nodes.entrySet()
						.stream()
						.filter((entry) -> filter.test(entry.getValue().value()))
						.map((entry) -> spellings.get(entry.getKey())))
			.filter((key) -> ReferenceNames.match(pattern, key))
			.sorted();
		if (query.range().after() != null) {
			found = found.filter((key) -> key.path().compareTo(query.range().after()) > 0);
		}
		return found.skip(query.range().leftOut()).limit(query.range().most()).toList();
	}

	/**
	 * The names of the entries right below an entry.
	 */
	Set<String> children(LdapKey key) {
		if (!contains(key)) {
			throw new DataRetrievalFailureException("missing");
		}
		String above = ReferenceNames.of(key) + "\u0001";
		return this.nodes.keySet()
			.stream()
			.filter((name) -> name.startsWith(above) && name.indexOf('\u0001', above.length()) < 0)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * The keys of all entries but the one above them.
	 */
	List<LdapKey> keys() {
		return this.nodes.values().stream().map(ReferenceEntry::key).toList();
	}

	/**
	 * What the entries are now, by their keys.
	 */
	Map<String, LdapValue> values() {
		Map<String, LdapValue> values = new TreeMap<>();
		this.nodes.forEach((name, node) -> values.put(node.key().toString(), node.value()));
		return values;
	}

	/**
	 * A key whose parent is spelled as the entry that it names.
	 */
	LdapKey spelled(LdapKey key) {
		ReferenceEntry parent = this.nodes.get(ReferenceNames.of(key.parent()));
		LdapKey above = (parent != null) ? parent.key() : this.top;
		return new LdapKey(above.path().child(key.path().rdns().get(key.path().depth() - 1)));
	}

	private Map<String, ReferenceEntry> below(String name) {
		Map<String, ReferenceEntry> tree = new TreeMap<>(this.nodes.subMap(name + "\u0001", name + "\u0002"));
		if (this.nodes.containsKey(name)) {
			tree.put(name, this.nodes.get(name));
		}
		return tree;
	}

	private ReferenceEntry existing(LdapKey key) {
		ReferenceEntry node = this.nodes.get(ReferenceNames.of(key));
		if (node == null) {
			throw new DataRetrievalFailureException("missing");
		}
		return node;
	}

}
