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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.roster.EntryId;
import io.github.ldapkv.internal.roster.KnownEntry;
import io.github.ldapkv.internal.schema.DirectorySchema;
import org.jspecify.annotations.Nullable;

/**
 * Looks at entries of which something may have become, and tells what has. A hint may be
 * late, or of something that was undone since: what is there now counts.
 */
final class Looking {

	/**
	 * So many entries are read at a time.
	 */
	private static final int MOST = 100;

	private final WatchedQuery query;

	private final Reads reads;

	private final Delivery delivery;

	Looking(WatchedQuery query, Reads reads, Delivery delivery) {
		this.query = query;
		this.reads = reads;
		this.delivery = delivery;
	}

	/**
	 * Looks at the entries of some hints, part by part.
	 */
	Looked at(List<Hint> hints) {
		Looked looked = Looked.NOTHING;
		for (int i = 0; i < hints.size(); i += MOST) {
			List<Hint> again = new ArrayList<>();
			looked = looked.and(lookAtSome(hints.subList(i, Math.min(hints.size(), i + MOST)), again));
			if (!again.isEmpty()) {
				looked = looked.and(lookAtSome(again, new ArrayList<>()));
			}
		}
		return looked;
	}

	/**
	 * Looks at the entries of a few hints.
	 * @param again takes those to look at where they were, since they are not where they
	 * are said to be
	 */
	private Looked lookAtSome(List<Hint> hints, List<Hint> again) {
		Seen seen = this.reads.read((reading) -> look(reading, hints));
		if (seen.unsure()) {
			this.delivery.compareSoon();
		}
		boolean all = true;
		boolean parents = false;
		for (int i = 0; i < seen.places().size(); i++) {
			Place place = seen.places().get(i);
			Found found = seen.found().get(i);
			KnownEntry known = place.known();
			parents |= found != null && found.parent() || known != null && known.hasChildren();
			if (found != null) {
				this.delivery.tell(found, seen.schema());
			}
			if (known != null && (found == null || !known.has(found.id()))) {
				switch (place.said()) {
					case GONE -> this.delivery.tellGone(known);
					case ELSEWHERE -> again.add(Hint.gone(known.id()));
					case AT_ITS_PLACE -> {
						if (seen.left().contains(known.id())) {
							this.delivery.tellGone(known);
						}
						else {
							all = false;
						}
					}
				}
			}
		}
		return new Looked(all, parents);
	}

	private Seen look(QueryReads reading, List<Hint> hints) throws LDAPException {
		List<Place> places = new ArrayList<>();
		List<String> others = new ArrayList<>();
		boolean unknownIsGone = false;
		boolean unknown = false;
		for (Hint hint : hints) {
			KnownEntry known = (hint.id() != null) ? this.delivery.roster().withId(hint.id()) : null;
			unknown |= known == null;
			DistinguishedName name = name(hint);
			if (name != null && reading.means(name)) {
				boolean own = known != null && dn(known).equals(name.dn());
				places.add(new Place(name.dn(), known, own ? Said.AT_ITS_PLACE : Said.ELSEWHERE));
			}
			else if (known != null) {
				places.add(new Place(dn(known), known, Said.GONE));
			}
			else if (name != null) {
				if (isNear(name, reading.reach().start())) {
					others.add(name.dn());
				}
			}
			else {
				unknownIsGone = true;
			}
		}
		List<@Nullable Found> found = reading.read(places.stream().map(Place::dn).toList());
		List<String> missing = new ArrayList<>();
		for (int i = 0; i < found.size(); i++) {
			if (found.get(i) == null && places.get(i).known() == null) {
				others.add(places.get(i).dn());
			}
			else if (found.get(i) == null && places.get(i).said() == Said.AT_ITS_PLACE) {
				missing.add(places.get(i).dn());
			}
		}
		// An entry that the query does not mean may have been above some that it does.
		boolean parent = this.query.reachesBelow() && (unknownIsGone || reading.isAnyParent(others));
		boolean unsure = unknown && reading.areIdentifiersHidden();
		return new Seen(places, found, reading.identifiers(missing), parent || unsure, reading.session().schema());
	}

	/**
	 * Whether entries that the query means may be below an entry.
	 */
	private static boolean isNear(DistinguishedName name, DistinguishedName start) {
		return name.startsWith(start) || start.startsWith(name);
	}

	private static @Nullable DistinguishedName name(Hint hint) {
		if (hint.dn() == null) {
			return null;
		}
		try {
			return DistinguishedName.ofServerDn(hint.dn());
		}
		catch (IllegalArgumentException ex) {
			// The comparison tells of it, or fails.
			return null;
		}
	}

	private String dn(KnownEntry known) {
		return this.query.store().resolver().absolute(KeyPath.of(known.key())).dn();
	}

	/**
	 * What came of looking.
	 *
	 * @param all whether all were found or are gone: one that is not where it was said to
	 * be may have moved on since, of which the server tells next, or a comparison
	 * @param parents whether any of them is above others, which have moved if it has
	 */
	record Looked(boolean all, boolean parents) {

		private static final Looked NOTHING = new Looked(true, false);

		private Looked and(Looked other) {
			return new Looked(this.all && other.all, this.parents || other.parents);
		}

	}

	/**
	 * Where an entry that is known is said to be.
	 */
	private enum Said {

		AT_ITS_PLACE, ELSEWHERE, GONE

	}

	/**
	 * Where to look.
	 *
	 * @param known the entry that is said to be there, if it is known
	 */
	private record Place(String dn, @Nullable KnownEntry known, Said said) {

	}

	/**
	 * What was seen.
	 *
	 * @param found what is at each place
	 * @param left those that are at their places, and that the query does not mean
	 * @param unsure whether a tree may have moved, or an entry whose name alone is known
	 */
	private record Seen(List<Place> places, List<@Nullable Found> found, Set<EntryId> left, boolean unsure,
			DirectorySchema schema) {

	}

}
