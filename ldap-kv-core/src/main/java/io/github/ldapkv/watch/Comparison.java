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

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.roster.KnownEntry;
import io.github.ldapkv.internal.roster.Roster;

/**
 * Compares all that is in the directory with what the listener knows, and tells what
 * differs. This is what a watch means; all else is to be sooner.
 */
final class Comparison {

	/**
	 * So many hints are looked at after a page of the listing.
	 */
	private static final int MOST_HINTS = 1000;

	private final Reads reads;

	private final Delivery delivery;

	private final Hints hints;

	private final Looking looking;

	private final boolean reachesBelow;

	/**
	 * Whether nothing has to be compared once more.
	 */
	private boolean all = true;

	/**
	 * Creates a comparison.
	 * @param hints what the server tells meanwhile, which does not wait for the end
	 */
	Comparison(WatchedQuery query, Reads reads, Delivery delivery, Hints hints) {
		this.reads = reads;
		this.delivery = delivery;
		this.hints = hints;
		this.reachesBelow = query.reachesBelow();
		this.looking = new Looking(query, reads, delivery);
	}

	/**
	 * Takes all there is for known.
	 */
	void learn() {
		this.reads.read((reading) -> {
			reading.listEntries((found) -> {
				if (this.delivery.roster().withId(found.id()) == null) {
					this.delivery.know(found);
				}
			}, () -> {
			});
			return Boolean.TRUE;
		});
	}

	/**
	 * Tells of what differs.
	 * @param versions whether those that are known may be compared
	 * @return whether all was told: what has moved meanwhile may be not
	 */
	boolean tell(Versions versions) {
		Roster roster = this.delivery.roster();
		roster.beginComparison();
		List<Hint> differing = new ArrayList<>();
		if (roster.size() == 0) {
			tellAll();
		}
		else {
			this.reads.read((reading) -> {
				QueryReads.FoundConsumer note = (found) -> note(found, differing);
				if (versions == Versions.TELL && reading.isVersionEnough()) {
					reading.listIds(note, this::lookAtHints);
				}
				else {
					reading.listEntries(note, this::lookAtHints);
				}
				return Boolean.TRUE;
			});
			List<Hint> unseen = new ArrayList<>();
			roster.forEachUnseen((known) -> unseen.add(Hint.gone(known.id())));
			// First: another one may have their key by now.
			look(unseen);
			look(differing);
		}
		this.delivery.takeComparisonDue();
		return this.all;
	}

	private void look(List<Hint> at) {
		this.all &= this.looking.at(at).all();
	}

	/**
	 * Tells what has just changed, however long it takes to list the rest. If a tree
	 * moves meanwhile, what is below it may have been listed where it was.
	 */
	private void lookAtHints() throws LDAPException {
		Looking.Looked looked = this.looking.at(this.hints.takeSome(MOST_HINTS));
		this.all &= looked.all() && !(looked.parents() && this.reachesBelow);
	}

	private void note(Found found, List<Hint> differing) {
		KnownEntry known = this.delivery.roster().withId(found.id());
		if (known != null) {
			this.delivery.roster().saw(known);
		}
		if (this.delivery.differs(found)) {
			differing.add(Hint.at(found.dn(), found.id()));
		}
		else if (known != null) {
			known.content(known.digest(), found.version());
		}
	}

	/**
	 * Tells of each entry at once: the listener knows of none.
	 */
	private void tellAll() {
		this.reads.read((reading) -> {
			reading.listEntries((found) -> this.delivery.tell(found, reading.session().schema()), this::lookAtHints);
			return Boolean.TRUE;
		});
	}

	/**
	 * What equal versions of an entry say.
	 */
	enum Versions {

		/**
		 * That it has not changed.
		 */
		TELL,

		/**
		 * Nothing: they may be those of two servers.
		 */
		SAY_NOTHING

	}

}
