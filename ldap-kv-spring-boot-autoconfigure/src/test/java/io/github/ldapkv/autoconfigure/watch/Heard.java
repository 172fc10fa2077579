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

package io.github.ldapkv.autoconfigure.watch;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a listener of a test was told.
 */
class Heard {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

	void add(Object word) {
		this.words.add(word.toString());
	}

	/**
	 * Waits until this was told, and takes it and all before.
	 */
	boolean has(String word) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		try {
			for (long rest = PATIENCE.toNanos(); rest > 0; rest = end - System.nanoTime()) {
				if (word.equals(this.words.poll(rest, TimeUnit.NANOSECONDS))) {
					return true;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return false;
	}

	boolean isEmpty() {
		return this.words.isEmpty();
	}

}
