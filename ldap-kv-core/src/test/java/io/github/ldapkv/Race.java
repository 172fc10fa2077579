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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that do the same thing at the same time.
 */
final class Race {

	static final int THREADS = 16;

	private Race() {
	}

	/**
	 * Lets each thread do its share, all at once, and fails as the first of them fails.
	 */
	static void run(Share share) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			CyclicBarrier start = new CyclicBarrier(THREADS);
			List<Future<?>> shares = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				int thread = i;
				shares.add(executor.submit(() -> {
					start.await();
					share.run(thread);
					return null;
				}));
			}
			for (Future<?> done : shares) {
				done.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@FunctionalInterface
	interface Share {

		void run(int thread) throws Exception;

	}

}
