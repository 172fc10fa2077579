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

import java.util.stream.IntStream;

import io.github.ldapkv.internal.roster.EntryId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits while a listener is slow.
 */
class HintsTests {

	private final Hints hints = new Hints();

	@Test
	void atMostOneHintWaitsForEachEntry() throws Exception {
		for (int i = 0; i < 20_000; i++) {
			EntryId id = new EntryId(0, i % 100);
			this.hints.add((i % 3 == 0) ? Hint.gone(id) : Hint.at("uid=" + i % 7, id));
		}
		Hints.Batch batch = this.hints.take(Integer.MAX_VALUE, 0);
		assertThat(batch.all()).isTrue();
		assertThat(batch.hints()).extracting(Hint::id)
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).mapToObj((i) -> new EntryId(0, i)).toList());
	}

	@Test
	void whatMayBeGoneIsLookedAtFirst() throws Exception {
		this.hints.add(Hint.at("uid=a", new EntryId(0, 1)));
		this.hints.add(Hint.gone(new EntryId(0, 2)));
		assertThat(this.hints.take(10, 0).hints()).extracting(Hint::isGone).containsExactly(true, false);
	}

	/**
	 * What a server means by a cookie counts only once all before it is told.
	 */
	@Test
	void aCookieCountsWhenNoHintIsLeft() throws Exception {
		this.hints.add(Hint.at("uid=a", new EntryId(0, 1)));
		this.hints.add(Hint.at("uid=b", new EntryId(0, 2)));
		this.hints.cookie(new byte[] { 1 });
		assertThat(this.hints.take(1, 0).cookie()).isNull();
		assertThat(this.hints.take(1, 0).cookie()).containsExactly(1);
	}

}
