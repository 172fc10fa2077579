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

package io.github.ldapkv.contract;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All laws of the store. A subclass says where a directory is and how the store is made;
 * where a server is different, it overrides the test and gives the reason.
 */
@ExtendWith(LawRecorder.class)
public abstract class StoreContract extends StoreTest
		implements KeyLaws, ValueLaws, WriteLaws, ChangeLaws, ConditionalLaws, TreeLaws, BulkLaws, LdifLaws,
		LdifFileLaws, TransactionLaws, ContendedTransactionLaws, PlannedTransactionLaws, EndedTransactionLaws,
		QueryLaws, StreamLaws, GetAllLaws, FailureLaws, BaseLaws, CaseExactNameLaws, WatchLaws {

	/**
	 * Most servers do not, or look at every entry for it.
	 */
	@Override
	public boolean readsByDn() {
		return false;
	}

}
