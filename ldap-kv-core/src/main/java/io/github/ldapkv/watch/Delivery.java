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

import io.github.ldapkv.LdapKey;
import io.github.ldapkv.internal.roster.ContentDigest;
import io.github.ldapkv.internal.roster.KnownEntry;
import io.github.ldapkv.internal.roster.Roster;
import io.github.ldapkv.internal.schema.DirectorySchema;

/**
 * Tells the listener how an entry differs from what the listener knows. What it has not
 * taken stays unknown, and so differs the next time as well.
 */
final class Delivery {

	private final WatchedQuery query;

	private final Roster roster;

	private final Teller teller;

	/**
	 * Whether something was told since all was.
	 */
	private boolean told = true;

	/**
	 * Whether entries may have come, gone or moved with the one above them, of which no
	 * server tells.
	 */
	private boolean comparisonDue;

	Delivery(WatchedQuery query, Roster roster, Teller teller) {
		this.query = query;
		this.roster = roster;
		this.teller = teller;
	}

	Roster roster() {
		return this.roster;
	}

	/**
	 * Takes an entry for one that the listener knows.
	 */
	void know(Found found) {
		this.roster.add(found.id(), found.key(), found.digest(), found.version());
	}

	/**
	 * Whether an entry is not as the listener knows it. Only its version is looked at if
	 * that is all there is.
	 */
	boolean differs(Found found) {
		KnownEntry known = this.roster.withId(found.id());
		if (known == null || !known.key().equals(found.key().toString())) {
			return true;
		}
		if (found.content() != null) {
			return !known.contains(found.digest());
		}
		return found.version() == 0 || known.version() != found.version();
	}

	/**
	 * Tells what an entry is now.
	 */
	void tell(Found found, DirectorySchema schema) {
		KnownEntry known = this.roster.withId(found.id());
		KnownEntry there = this.roster.at(found.key(), schema);
		if (there != null && there != known && !tellGone(there)) {
			// Whoever keeps a map by key would mix them up.
			return;
		}
		ContentDigest digest = found.digest();
		if (known == null) {
			if (tell(LdapChange.created(found.whole()))) {
				this.roster.add(found.id(), found.key(), digest, found.version());
				moved(found.parent());
			}
		}
		else if (!known.key().equals(found.key().toString())) {
			if (tell(LdapChange.moved(LdapKey.of(known.key()), found.whole()))) {
				moved(found.parent() || known.hasChildren());
				this.roster.rename(known, found.key());
				known.content(digest, found.version());
			}
		}
		else if (known.contains(digest) || tell(LdapChange.changed(found.whole()))) {
			known.content(digest, found.version());
		}
	}

	/**
	 * Tells that an entry is gone.
	 * @return whether the listener has taken it
	 */
	boolean tellGone(KnownEntry known) {
		if (this.roster.withId(known.id()) != known) {
			return true;
		}
		boolean taken = tell(LdapChange.deleted(LdapKey.of(known.key())));
		if (taken) {
			moved(known.hasChildren());
			this.roster.remove(known);
		}
		return taken;
	}

	private boolean tell(LdapChange change) {
		this.told = true;
		return this.teller.tell(change);
	}

	/**
	 * Tells that all is told, unless nothing was told since.
	 */
	void tellCaughtUp() {
		if (this.told) {
			this.teller.tell(LdapChange.caughtUp());
			this.told = false;
		}
	}

	/**
	 * The connection was lost: whoever relies on it learns when all is told again.
	 */
	void hasGap() {
		this.told = true;
	}

	private void moved(boolean parent) {
		this.comparisonDue |= parent && this.query.reachesBelow();
	}

	/**
	 * Something may have become of entries of which nobody tells.
	 */
	void compareSoon() {
		this.comparisonDue = true;
	}

	/**
	 * Whether a comparison is due, since something may have become of entries of which
	 * nobody tells.
	 */
	boolean takeComparisonDue() {
		boolean due = this.comparisonDue;
		this.comparisonDue = false;
		return due;
	}

}
