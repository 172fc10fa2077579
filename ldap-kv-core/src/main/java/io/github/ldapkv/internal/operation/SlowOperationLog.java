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

package io.github.ldapkv.internal.operation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the operations that take longer than a threshold.
 */
public final class SlowOperationLog implements OperationMonitor {

	private static final Logger logger = LoggerFactory.getLogger("io.github.ldapkv.slow");

	private final OperationMonitor delegate;

	/**
	 * In nanoseconds.
	 */
	private final long threshold;

	private final boolean includeKeys;

	private final String store;

	/**
	 * Creates a log.
	 * @param delegate is told of the operations as well
	 * @param threshold from which time on an operation is slow
	 * @param includeKeys whether to log keys
	 * @param store the name of the store
	 */
	public SlowOperationLog(OperationMonitor delegate, Duration threshold, boolean includeKeys, String store) {
		this.delegate = delegate;
		this.threshold = TimeUnit.NANOSECONDS.convert(threshold);
		this.includeKeys = includeKeys;
		this.store = store;
	}

	/**
	 * The log is written while the operation is still observed, so that it can be found
	 * by its trace.
	 */
	@Override
	public <T> T watch(Operation operation, Supplier<T> call) {
		return this.delegate.watch(operation, () -> timed(operation, call));
	}

	/**
	 * Each part counts by itself: what lies between them is the caller's time.
	 */
	@Override
	public OperationWatch begin(Operation operation) {
		OperationWatch watch = this.delegate.begin(operation);
		return new OperationWatch() {

			@Override
			public <T> T run(Supplier<T> part) {
				return watch.run(() -> timed(operation, part));
			}

			@Override
			public void end() {
				watch.end();
			}

		};
	}

	private <T> T timed(Operation operation, Supplier<T> call) {
		long start = System.nanoTime();
		String outcome = "success";
		try {
			return call.get();
		}
		catch (RuntimeException | Error ex) {
			outcome = ex.getClass().getSimpleName();
			throw ex;
		}
		finally {
			long nanos = System.nanoTime() - start;
			if (nanos >= this.threshold) {
				logger.warn("Slow operation of {}: {}{} took {} ms ({})", this.store, operation.verb().method(),
						this.includeKeys ? " of '" + operation.key() + "'" : "", TimeUnit.NANOSECONDS.toMillis(nanos),
						outcome);
			}
		}
	}

}
