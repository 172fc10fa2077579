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

package io.github.ldapkv.internal.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * The write of one entry of many. It waits for the writes that have to be done before,
 * and is not tried if one of them has failed in a way that leaves no chance.
 */
public final class BulkTask {

	private final Kind kind;

	private final KeyPath key;

	private final Target target;

	private final BooleanSupplier write;

	private final BooleanSupplier inTheWay;

	private final List<BulkTask> followers = new ArrayList<>();

	private int awaited;

	private @Nullable BulkTask blocker;

	private @Nullable RuntimeException failure;

	private @Nullable Error error;

	private boolean effective;

	/**
	 * Creates a task.
	 * @param kind what it does
	 * @param key the key, as the caller gave it
	 * @param target the entry
	 * @param write does it, and tells whether it made a difference
	 * @param inTheWay tells, after a failure, whether those that wait for this task
	 * cannot be done either
	 */
	public BulkTask(Kind kind, KeyPath key, Target target, BooleanSupplier write, BooleanSupplier inTheWay) {
		this.kind = kind;
		this.key = key;
		this.target = target;
		this.write = write;
		this.inTheWay = inTheWay;
	}

	public KeyPath key() {
		return this.key;
	}

	public DistinguishedName absolute() {
		return this.target.absolute();
	}

	public @Nullable RuntimeException failure() {
		return this.failure;
	}

	@Nullable Error error() {
		return this.error;
	}

	/**
	 * Whether it was done, and made a difference.
	 */
	public boolean isEffective() {
		return this.effective;
	}

	/**
	 * Whether it was not tried, since another one failed.
	 */
	public boolean isBlocked() {
		return this.blocker != null && this.blocker != this;
	}

	boolean isReady() {
		return this.awaited == 0;
	}

	void after(BulkTask earlier) {
		earlier.followers.add(this);
		this.awaited++;
	}

	/**
	 * Does the write, unless it has no chance.
	 * @param stopped whether nothing is to be begun any more
	 */
	void run(boolean stopped) {
		if (stopped) {
			this.failure = new TransientDataAccessResourceException(
					this.target.operation().failed() + "the call was interrupted before this entry's turn. Try again.");
		}
		else if (this.blocker != null) {
			RuntimeException cause = this.blocker.failure;
			this.failure = new DataIntegrityViolationException(this.target.operation().failed()
					+ this.kind.obstacle.formatted(Excerpt.of(this.blocker.key.toString()))
					+ ((cause != null) ? ": " + cause.getMessage() : ""), cause);
		}
		else {
			write();
		}
	}

	private void write() {
		try {
			this.effective = this.write.getAsBoolean();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
			if (!this.followers.isEmpty() && !Thread.currentThread().isInterrupted() && isInTheWay()) {
				this.blocker = this;
			}
		}
		catch (Error ex) {
			this.error = ex;
		}
	}

	/**
	 * If it cannot be found out, those that wait are tried.
	 */
	private boolean isInTheWay() {
		try {
			return this.inTheWay.getAsBoolean();
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Tells those that wait for this task that it is over.
	 * @return those of them that wait for nothing more
	 */
	List<BulkTask> release() {
		List<BulkTask> ready = new ArrayList<>();
		for (BulkTask follower : this.followers) {
			if (this.blocker != null) {
				follower.blocker = this.blocker;
			}
			if (--follower.awaited == 0) {
				ready.add(follower);
			}
		}
		return ready;
	}

	/**
	 * What a task does, and what it says if it was not tried.
	 */
	public enum Kind {

		PUT("the entry '%s' above it is missing, since it could not be put"),

		DELETE("the entry '%s' below it is still there, since it could not be deleted");

		private final String obstacle;

		Kind(String obstacle) {
			this.obstacle = obstacle;
		}

	}

}
