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

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.roster.EntryId;
import io.github.ldapkv.internal.roster.Roster;
import io.github.ldapkv.internal.wire.ConnectionFailures;
import io.github.ldapkv.watch.Hints.Batch;
import io.github.ldapkv.watch.WatchState.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;

/**
 * What a watch does, all its life: compares, follows what a server tells, and begins
 * again when that has ended.
 */
final class WatchLoop implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(WatchLoop.class);

	/**
	 * So many hints are taken at a time.
	 */
	private static final int MOST = 1000;

	private final String name;

	private final WatchedQuery query;

	private final WatchSettings settings;

	private final WatchStatus status = new WatchStatus();

	private final Roster roster = new Roster();

	private final Teller teller;

	private final Delivery delivery;

	private final Checkpoints checkpoints;

	private Cookie cookie = Cookie.NONE;

	private byte @Nullable [] origin;

	/**
	 * The server that the versions in the roster are of.
	 */
	private String versionsOf = "";

	private final Refusal refusal;

	/**
	 * How it learns of changes, as the log says; empty if that says that it does not.
	 */
	private String logged = "";

	/**
	 * Whether everything was told since the server is followed, and since when.
	 */
	private boolean live;

	private long liveSince;

	private volatile @Nullable Following following;

	private volatile boolean closed;

	/**
	 * Creates the loop of a watch.
	 * @param name what the watch is called in the log
	 */
	WatchLoop(String name, WatchedQuery query, LdapChangeListener listener, WatchSettings settings) {
		this.name = name;
		this.query = query;
		this.settings = settings;
		this.refusal = new Refusal(settings.timing().poll());
		this.teller = new Teller(name, listener, settings.errors(), this.status);
		this.delivery = new Delivery(query, this.roster, this.teller);
		this.checkpoints = new Checkpoints(name, settings.checkpoint(), settings.timing().checkpoint());
	}

	WatchState state() {
		return this.status.state(this.roster.size());
	}

	WatchStatus status() {
		return this.status;
	}

	/**
	 * Has a comparison begin soon.
	 */
	void compare() {
		Following current = this.following;
		if (current != null) {
			current.hints().compare();
		}
	}

	@Override
	public void run() {
		int failures = 0;
		try {
			while (!this.closed) {
				DataAccessException failure = follow();
				if (failure != null) {
					failures = hasLasted(failures) ? 1 : failures + 1;
					begunAgain(failure, failures);
				}
			}
		}
		catch (WatchClosedException ex) {
			logger.debug("{} is closed", this.name);
		}
		catch (RuntimeException | Error ex) {
			logger.error("{} has ended, which it never should", this.name, ex);
			this.status.enter(Phase.FAILED, String.valueOf(ex.getMessage()));
		}
		finally {
			writeCheckpoint();
			this.status.enter(Phase.CLOSED);
		}
	}

	/**
	 * Whether it was live for longer than the next pause is: what fails as soon as it is
	 * live is not to be begun all the time.
	 */
	private boolean hasLasted(int failures) {
		return this.live && System.nanoTime() - this.liveSince > Pauses.afterFailure(failures + 1).toNanos();
	}

	/**
	 * Waits before the watch begins again.
	 * @param failures how often it has failed to since it was live for long enough
	 */
	private void begunAgain(DataAccessException failure, int failures) {
		if (this.closed) {
			throw new WatchClosedException();
		}
		if (isForGood(failure)) {
			logger.error("{} has ended. {}", this.name, failure.getMessage());
			this.status.enter(Phase.FAILED, failure.getMessage());
			throw new WatchClosedException();
		}
		this.delivery.hasGap();
		this.refusal.forget();
		if (failures == 1) {
			this.logged = "";
			logger.warn("{} is told of no changes, and tries again, less and less often. {}", this.name,
					failure.getMessage());
		}
		this.status.enter(Phase.WAITING, failure.getMessage());
		this.status.pause(Pauses.afterFailure(failures));
	}

	/**
	 * Whether it is of no use to begin again: somebody has to let the account read first,
	 * or to write another filter, and to begin another watch then.
	 */
	private static boolean isForGood(DataAccessException failure) {
		return failure.getCause() instanceof LDAPException ex && (failure instanceof PermissionDeniedDataAccessException
				&& ex.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)
				|| ex.getResultCode().equals(ResultCode.INAPPROPRIATE_MATCHING));
	}

	/**
	 * Follows one server for as long as that goes well.
	 * @return why it has ended; {@code null} if it is to be followed in another way
	 */
	private @Nullable DataAccessException follow() {
		this.live = false;
		try (Following current = Following.open(this.query, new Hints())) {
			this.following = current;
			if (this.closed) {
				throw new WatchClosedException();
			}
			return follow(current);
		}
		catch (DataAccessException ex) {
			return ex;
		}
		catch (WatchClosedException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.warn("{} has failed, as it never should", this.name, ex);
			return new DataRetrievalFailureException(String.valueOf(ex.getMessage()), ex);
		}
		finally {
			this.following = null;
		}
	}

	private @Nullable DataAccessException follow(Following current) {
		this.status.enter(Phase.CATCHING_UP);
		this.status.heard();
		learnOrigin(current);
		byte[] start = this.cookie.isOf(current.server()) ? this.cookie.octets() : null;
		try {
			current.begin(this.refusal.kind(), start, this.settings, this.status);
			Schedule schedule = new Schedule(this.settings.timing(), current.kind());
			String source = source(current);
			this.status.follows(source, current.server());
			compare(current, schedule);
			SourceKind kind = current.kind();
			current.hints().expectMore((kind != null) ? kind.untilRefused() : 0);
			this.live = true;
			this.liveSince = System.nanoTime();
			logFollowing(source + (current.server().isEmpty() ? "" : " of " + current.server()));
			while (!this.refusal.isOld()) {
				keepFollowing(current, schedule);
			}
			this.refusal.forget();
			return null;
		}
		catch (LDAPException ex) {
			if (this.closed) {
				throw new WatchClosedException();
			}
			if (!hasBegunToTell(current) && !ConnectionFailures.isBroken(ex)) {
				isRefused(current, start != null, ex);
				return null;
			}
			return this.query.store().directory().translate(this.query.operation(), ex);
		}
	}

	/**
	 * A server that does not say that it has begun may refuse to later.
	 */
	private static boolean hasBegunToTell(Following current) {
		SourceKind kind = current.kind();
		return kind == null || (kind.saysThatItHasBegun() ? current.hints().isReady() : !current.hints().isSilent());
	}

	/**
	 * The server does not know a cookie any more, or does not tell in this way.
	 */
	private void isRefused(Following current, boolean cookieSent, LDAPException ex) {
		logger.debug("{}: {} refuses {}", this.name, current.server(), current.kind(), ex);
		if (!cookieSent) {
			this.refusal.of(current.kind());
		}
		this.cookie = Cookie.NONE;
	}

	private String source(Following current) {
		SourceKind kind = current.kind();
		return (kind != null) ? kind.description() : "listing every " + this.settings.timing().poll();
	}

	private void logFollowing(String source) {
		if (!this.logged.equals(source)) {
			logger.info("{} learns of changes by {}", this.name, source);
		}
		this.logged = source;
	}

	/**
	 * Reads the checkpoint, once it is known of which directory it has to be.
	 */
	private void learnOrigin(Following current) {
		Reads reads = current.reads();
		byte[] now = Checkpoints.origin(this.query, reads.read((reading) -> new Top(directory(reading))).id());
		if (this.origin == null) {
			this.origin = now;
			Cookie found = this.checkpoints.read(now, this.roster);
			this.cookie = (found != null) ? found : Cookie.NONE;
			this.versionsOf = this.cookie.server();
			if (found == null && !this.settings.existing()) {
				new Comparison(this.query, reads, this.delivery, current.hints()).learn();
				this.versionsOf = current.server();
			}
		}
	}

	private @Nullable EntryId directory(QueryReads reading) throws LDAPException {
		SearchResultEntry top = NamingContext.read(this.query, reading, reading.ids());
		return (top != null) ? EntryId.of(top, reading.ids()) : null;
	}

	/**
	 * Tells what there is to tell, and compares if it is time to.
	 */
	private void keepFollowing(Following current, Schedule schedule) throws LDAPException {
		Batch batch = current.hints().take(MOST, schedule.untilComparison());
		Looking.Looked looked = new Looking(this.query, current.reads(), this.delivery).at(batch.hints());
		if (batch.cookie() != null) {
			this.cookie = new Cookie(current.server(), batch.cookie());
		}
		if (!batch.hints().isEmpty() || batch.cookie() != null) {
			this.checkpoints.changed();
		}
		boolean unsure = !looked.all() || looked.parents() && this.query.reachesBelow() && schedule.hasJustCompared();
		if (this.delivery.takeComparisonDue() || unsure) {
			schedule.compareSoon();
		}
		if (batch.comparison() || schedule.isDue()) {
			compare(current, schedule);
		}
		byte[] of = this.origin;
		if (of != null) {
			this.checkpoints.writeIfDue(of, this.cookie, this.roster);
		}
	}

	private void compare(Following current, Schedule schedule) {
		this.status.comparisonBegins();
		schedule.begins();
		boolean all = new Comparison(this.query, current.reads(), this.delivery, current.hints())
			.tell(knowVersions(current.server()));
		schedule.ends();
		if (!all) {
			schedule.compareSoon();
		}
		this.versionsOf = current.server();
		if (!this.cookie.server().equals(current.server())) {
			this.cookie = new Cookie(current.server(), Cookie.NONE.octets());
		}
		this.delivery.tellCaughtUp();
		this.checkpoints.changed();
		this.status.enter(Phase.LIVE);
		this.status.heard();
		this.status.caughtUp();
	}

	/**
	 * What the versions of known entries say: some servers count them on their own.
	 */
	private Comparison.Versions knowVersions(String server) {
		if (this.versionsOf.equals(server)) {
			return Comparison.Versions.TELL;
		}
		// Those of both, if the comparison fails.
		this.versionsOf = "";
		return Comparison.Versions.SAY_NOTHING;
	}

	private void writeCheckpoint() {
		byte[] of = this.origin;
		if (of != null) {
			this.checkpoints.write(of, this.cookie, this.roster);
		}
	}

	/**
	 * Ends the loop, once the listener has returned.
	 */
	void close() {
		this.closed = true;
		this.teller.close();
		this.status.enter(Phase.CLOSED);
		Following current = this.following;
		if (current != null) {
			current.close();
			current.hints().end(new LDAPException(ResultCode.USER_CANCELED, "The watch is closed"));
		}
	}

	/**
	 * What tells a directory from others.
	 *
	 * @param id the identifier of its topmost entry; {@code null} if that is not shown
	 */
	private record Top(@Nullable EntryId id) {

	}

}
