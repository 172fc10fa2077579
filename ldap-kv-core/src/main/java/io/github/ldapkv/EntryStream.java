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

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

/**
 * The source of a stream of entries. It is never split: the results come over one
 * connection, one after another.
 */
final class EntryStream implements Spliterator<LdapEntry> {

	private static final Cleaner CLEANER = Cleaner.create();

	private final OpenQuery query;

	private final Cleaner.Cleanable registration;

	private EntryStream(OpenQuery query) {
		this.query = query;
		this.registration = CLEANER.register(this, query::reportForgotten);
	}

	/**
	 * Makes a stream. It takes a connection when its first entry is asked for.
	 */
	static Stream<LdapEntry> open(OpenQuery query) {
		EntryStream source = new EntryStream(query);
		return StreamSupport.stream(source, false).onClose(source::close);
	}

	@Override
	public boolean tryAdvance(Consumer<? super LdapEntry> action) {
		boolean advanced = false;
		boolean done = false;
		try {
			LdapEntry next = this.query.next();
			if (next != null) {
				action.accept(next);
				advanced = true;
			}
			done = true;
			return advanced;
		}
		finally {
			if (!done) {
				this.query.close();
			}
			if (!advanced) {
				this.registration.clean();
			}
			// The search must not be cleaned up as forgotten while it is under way.
			Reference.reachabilityFence(this);
		}
	}

	@Override
	public @Nullable Spliterator<LdapEntry> trySplit() {
		return null;
	}

	@Override
	public long estimateSize() {
		return Long.MAX_VALUE;
	}

	@Override
	public int characteristics() {
		return ORDERED | NONNULL;
	}

	private void close() {
		this.query.close();
		this.registration.clean();
	}

}
