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

package io.github.ldapkv.benchmark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AllocatedBytesTests {

	private static final int BLOCK = 10_000_000;

	private final AllocatedBytes allocated = new AllocatedBytes();

	private volatile byte[] block = new byte[0];

	@Test
	void countsWhatAnyOtherThreadAllocates() throws Exception {
		ExecutorService reader = Executors.newSingleThreadExecutor();
		ExecutorService late = Executors.newSingleThreadExecutor();
		try {
			reader.submit(this::allocate).get();
			this.allocated.start();
			reader.submit(this::allocate).get();
			late.submit(this::allocate).get();
			allocate();
			assertThat(this.allocated.stop()).isBetween(2.0 * BLOCK, 2.5 * BLOCK);
		}
		finally {
			reader.shutdown();
			late.shutdown();
		}
	}

	@Test
	void doesNotKnowWhatAThreadAllocatedThatIsNoMore() throws Exception {
		this.allocated.start();
		Thread shortLived = new Thread(this::allocate);
		shortLived.start();
		shortLived.join();
		assertThat(this.allocated.stop()).isNaN();
	}

	private void allocate() {
		this.block = new byte[BLOCK];
	}

}
