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

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.ldif.LdapLdif;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of a store and of what it has to agree with, one after another, in an area of a
 * directory.
 */
final class RandomCalls {

	private final TestDirectory directory;

	private final LdapKeyValueTemplate store;

	private final LdapKey area;

	private final ReferenceStore reference;

	private final Random random;

	private final RandomInput input;

	private final RandomReads reads;

	private final List<String> patched;

	private final Map<LdapKey, Version> versions = new LinkedHashMap<>();

	private final Comparison comparison = new Comparison();

	RandomCalls(TestDirectory directory, LdapKeyValueTemplate store, LdapKey area, long seed) {
		this.directory = directory;
		this.store = store;
		this.area = area;
		this.reference = new ReferenceStore(area);
		this.random = new Random(seed);
		boolean embedded = directory instanceof EmbeddedDirectory;
		this.input = new RandomInput(this.random, area, !embedded);
		this.patched = embedded ? RandomInput.COMPARED_AS_TEXT : RandomInput.ATTRIBUTES;
		this.reads = new RandomReads(directory, store, area, this.reference, this.comparison, this.random, this.input);
	}

	/**
	 * How often each verb ended in what.
	 */
	Map<String, Integer> outcomes() {
		return this.comparison.outcomes();
	}

	void run(int calls) throws LDAPException {
		for (int i = 0; i < calls; i++) {
			call();
			if (i % 10 == 0 || i == calls - 1) {
				this.reads.compareAll();
			}
		}
	}

	private void call() throws LDAPException {
		List<LdapKey> there = this.reference.keys();
		LdapKey key = this.input.key(there);
		CharSequence spelled = this.input.renamed(key);
		LdapKey target = LdapKey.of(spelled);
		LdapValue value = this.input.value(target);
		switch (this.random.nextInt((there.size() < 8) ? 8 : 26)) {
			case 0, 1, 2, 3 -> this.comparison.same("put", target, value, () -> this.store.put(spelled, value),
					() -> this.reference.put(target, value));
			case 4 -> this.comparison.same("replace", target, value, () -> this.store.replace(spelled, value),
					() -> this.reference.replace(target, value));
			case 5, 6 -> this.comparison.same("putIfAbsent", target + " " + value,
					() -> this.store.putIfAbsent(spelled, value), () -> this.reference.putIfAbsent(target, value));
			case 7 -> bulk(there);
			case 8, 9 -> {
				LdapPatch patch = this.input.patch(target, this.patched);
				this.comparison.same("patch", target, patch,
						() -> this.store.patch(spelled, (p) -> p.changes().addAll(patch.changes())),
						() -> this.reference.patch(target, patch.changes()));
			}
			case 10 -> {
				String attribute = this.input.any(List.of("employeeNumber", "telephoneNumber", "title"));
				long delta = this.input.any(List.of(1L, -5L, 0L, Long.MAX_VALUE));
				this.comparison.same("increment", target + " " + attribute + " " + delta,
						() -> this.store.increment(spelled, attribute, delta),
						() -> this.reference.increment(target, attribute, delta));
			}
			case 11 -> this.comparison.same("delete", target, () -> this.store.delete(spelled),
					() -> this.reference.delete(target));
			case 12 -> {
				if (this.random.nextInt(6) == 0) {
					this.comparison.same("deleteTree", target, () -> this.store.deleteTree(spelled),
							() -> this.reference.deleteTree(target));
				}
			}
			case 13, 14 -> {
				CharSequence to = this.input.respelled(this.input.key(there));
				CharSequence from = this.input.respelled(key);
				if (isUnclear(LdapKey.of(from), LdapKey.of(to))) {
					return;
				}
				this.comparison.same("move", from, to, () -> this.store.move(from, to),
						() -> this.reference.move(LdapKey.of(from), LdapKey.of(to)));
			}
			case 15, 16 -> atomically(there);
			case 17, 18 -> conditionally(key, value);
			case 19 -> ldif();
			case 20, 21, 22 -> this.reads.query(there);
			case 23 -> this.reads.getAll(there);
			default -> this.reads.get(spelled);
		}
	}

	/**
	 * The embedded directory refuses another spelling of the same name, and only a server
	 * knows that a name is above another one if the keys are not.
	 */
	private boolean isUnclear(LdapKey from, LdapKey to) {
		return this.directory instanceof EmbeddedDirectory && ReferenceNames.of(from).equals(ReferenceNames.of(to))
				|| !isClear(from, to) || !isClear(to, from);
	}

	private static boolean isClear(LdapKey above, LdapKey below) {
		return !ReferenceNames.of(below).startsWith(ReferenceNames.of(above)) || below.path().startsWith(above.path());
	}

	private static int depth(LdapKey key) {
		return key.path().depth();
	}

	private void bulk(List<LdapKey> there) {
		Map<LdapKey, LdapValue> values = new LinkedHashMap<>();
		Set<String> names = new HashSet<>();
		for (int i = this.random.nextInt(6); i >= 0; i--) {
			LdapKey key = LdapKey.of(this.input.respelled(this.input.key(there)));
			boolean clear = values.keySet().stream().allMatch((other) -> isClear(key, other) && isClear(other, key));
			if (clear && names.add(ReferenceNames.of(key))) {
				LdapValue value = this.input.value(key);
				try {
					this.reference.checked(key, value);
					values.put(key, value);
				}
				catch (IllegalArgumentException ex) {
					// It would refuse all of them.
				}
			}
		}
		if (this.random.nextInt(4) > 0) {
			this.comparison.same("putAll", RandomInput.shown(values), () -> failures(() -> this.store.putAll(values)),
					() -> {
						Set<String> failed = new TreeSet<>();
						values.keySet().stream().sorted(Comparator.comparingInt(RandomCalls::depth)).forEach((key) -> {
							try {
								this.reference.put(key, values.get(key));
							}
							catch (DataAccessException ex) {
								failed.add(ReferenceNames.of(key));
							}
						});
						return failed;
					});
			return;
		}
		this.comparison.same("deleteAll", values.keySet(), () -> failures(() -> this.store.deleteAll(values.keySet())),
				() -> {
					Set<String> failed = new TreeSet<>();
					values.keySet()
						.stream()
						.sorted(Comparator.comparingInt(RandomCalls::depth).reversed())
						.forEach((key) -> {
							try {
								this.reference.delete(key);
							}
							catch (DataAccessException ex) {
								failed.add(ReferenceNames.of(key));
							}
						});
					return failed;
				});
	}

	private static Set<String> failures(Runnable call) {
		try {
			call.run();
			return Set.of();
		}
		catch (BulkWriteException ex) {
			return RandomReads.names(ex.failures().keySet());
		}
	}

	private void atomically(List<LdapKey> there) {
		List<LdapKey> keys = Stream.generate(() -> LdapKey.of(this.input.respelled(this.input.key(there))))
			.limit(3)
			.toList();
		List<Write> writes = new ArrayList<>();
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			LdapKey key = this.input.any(keys);
			LdapValue value = this.input.value(key);
			LdapPatch patch = this.input.patch(key, this.patched);
			writes.add(switch (this.random.nextInt(4)) {
				case 0 -> new Write("patch " + key + " " + patch,
						(tx) -> tx.patch(key, (p) -> p.changes().addAll(patch.changes())),
						(reference) -> reference.patch(key, patch.changes()));
				case 1 -> new Write("delete " + key, (tx) -> tx.delete(key), (reference) -> {
					if (!reference.delete(key)) {
						throw new DataRetrievalFailureException("missing");
					}
				});
				case 2 -> new Write("put " + key + " " + value, (tx) -> tx.put(key, value),
						(reference) -> reference.put(key, value));
				default -> new Write("replace " + key + " " + value, (tx) -> tx.replace(key, value),
						(reference) -> reference.replace(key, value));
			});
		}
		boolean deletes = writes.stream().anyMatch((write) -> write.text().startsWith("delete"));
		Object actual = Comparison.attempt(() -> {
			this.store.atomically((tx) -> writes.forEach((write) -> write.there().accept(tx)));
			return "done";
		});
		if (deletes && actual instanceof Comparison.Failure failure
				&& failure.toString().contains("OpenLDAP cannot delete the last entry")) {
			return;
		}
		Object expected = Comparison.attempt(() -> {
			this.reference.atomically((reference) -> writes.forEach((write) -> write.here().accept(reference)));
			return "done";
		});
		// Of several writes that fail another one may be found first.
		boolean failed = actual instanceof Comparison.Failure && expected instanceof Comparison.Failure;
		this.comparison.compare("atomically", writes.stream().map(Write::text).toList(), failed ? expected : actual,
				expected);
	}

	private void conditionally(LdapKey key, LdapValue value) {
		CharSequence spelled = this.input.respelled(key);
		LdapKey target = LdapKey.of(spelled);
		Optional<LdapEntry> now = this.store.getEntry(spelled);
		Version version = (now.isPresent() && this.random.nextInt(3) > 0) ? now.get().version()
				: this.versions.getOrDefault(key, Version.of("entryCSN=1"));
		now.ifPresent((entry) -> this.versions.put(key, entry.version()));
		boolean holds = now.isPresent() && now.get().version().equals(version);
		LdapPatch patch = this.input.patch(target, this.patched);
		ConditionalOperations conditional = this.store.ifUnchanged(version);
		// Which of two reasons not to delete counts is for the server to say.
		boolean leaf = !this.reference.contains(key) || this.reference.children(key).isEmpty();
		switch (this.random.nextInt((holds || leaf) ? 4 : 3)) {
			case 0 -> this.comparison.same("ifUnchanged.put", target, value,
					() -> next(spelled, conditional.put(spelled, value)),
					() -> onlyIf(holds, target, value, () -> this.reference.put(target, value)));
			case 1 -> this.comparison.same("ifUnchanged.replace", target, value,
					() -> next(spelled, conditional.replace(spelled, value)),
					() -> onlyIf(holds, target, value, () -> this.reference.replace(target, value)));
			case 2 -> this.comparison.same("ifUnchanged.patch", target, patch,
					() -> next(spelled, conditional.patch(spelled, (p) -> p.changes().addAll(patch.changes()))),
					() -> onlyIf(holds, target, Targets.set(patch),
							() -> this.reference.patch(target, patch.changes())));
			default -> this.comparison.same("ifUnchanged.delete", target, "", () -> conditional.delete(spelled),
					() -> onlyIf(holds, target, LdapValue.empty(), () -> this.reference.delete(target)));
		}
	}

	private void next(CharSequence key, Version next) {
		assertThat(this.store.getEntry(key).orElseThrow().version()).as("the version that was given").isEqualTo(next);
	}

	private void onlyIf(boolean holds, LdapKey key, LdapValue value, Runnable write) {
		this.reference.checked(key, value);
		if (!holds) {
			throw ReferenceStore.changed();
		}
		write.run();
	}

	private void ldif() throws LDAPException {
		if (this.random.nextInt(4) > 0) {
			return;
		}
		StringWriter text = new StringWriter();
		Map<String, LdapValue> before = this.reference.values();
		this.comparison.same("export", "", () -> export(text), () -> (long) before.size());
		for (int i = 0; i < 6; i++) {
			call();
		}
		this.comparison.same("load", "", () -> load(text), () -> {
			long[] counts = new long[3];
			before.entrySet()
				.stream()
				.sorted(Comparator.comparingInt((entry) -> depth(LdapKey.of(entry.getKey()))))
				.forEach((entry) -> {
					LdapKey key = LdapKey.of(entry.getKey());
					if (!this.reference.contains(key)) {
						this.reference.put(key, entry.getValue());
						counts[0]++;
					}
					else if (this.reference.getRequired(key).equals(entry.getValue())) {
						counts[2]++;
					}
					else {
						this.reference.replace(key, entry.getValue());
						counts[1]++;
					}
				});
			return new LdapLdif.Loaded(counts[0], counts[1], counts[2]).toString();
		});
	}

	private long export(StringWriter text) {
		try {
			return LdapLdif.on(this.store).export(this.area + "/*/**", text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String load(StringWriter text) {
		try {
			return LdapLdif.on(this.store).load(new StringReader(text.toString())).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A write of a transaction, there and here.
	 */
	private record Write(String text, Consumer<LdapTransaction> there, Consumer<ReferenceStore> here) {

	}

}
