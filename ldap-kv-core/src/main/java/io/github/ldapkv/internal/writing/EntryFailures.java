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

package io.github.ldapkv.internal.writing;

import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.wire.ServerResult;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * The exceptions for an entry that is not what a write needs it to be.
 */
public final class EntryFailures {

	private EntryFailures() {
	}

	/**
	 * There is no such entry.
	 */
	public static DataRetrievalFailureException missing(Target target) {
		return new DataRetrievalFailureException(
				target.operation().failed() + "there is no such entry. To create it, put it.");
	}

	/**
	 * The entry does not have the version that it has to have.
	 */
	public static OptimisticLockingFailureException changed(Target target, @Nullable LDAPException ex) {
		return new OptimisticLockingFailureException(target.operation().failed()
				+ "the entry has changed or is gone since this version of it was read. Read it again, and decide anew."
				+ ((ex != null) ? " The server answered " + ServerResult.of(ex).name() + "." : ""),
				(ex != null) ? ServerResult.presentable(ex) : null);
	}

}
