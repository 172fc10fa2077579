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

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Measures the bytes that this process allocates, in whatever thread: many a peer has one
 * that reads and decodes what the caller waits for. The thread that measures is left out.
 * Nobody tells what a thread had allocated that is no more, so that the figure of a turn
 * in which one ended is {@code NaN}.
 */
public final class AllocatedBytes implements InternalProfiler {

	static final String LABEL = "allocated";

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private Map<Long, Long> before = Map.of();

	private long started;

	@Override
	public void beforeIteration(BenchmarkParams benchmarkParams, IterationParams iterationParams) {
		start();
	}

	@Override
	@SuppressWarnings("rawtypes")
	public Collection<? extends Result> afterIteration(BenchmarkParams benchmarkParams, IterationParams iterationParams,
			IterationResult result) {
		return List.of(new ScalarResult(LABEL, stop(), "bytes", AggregationPolicy.SUM));
	}

	void start() {
		this.before = byThread();
		this.started = this.threads.getTotalStartedThreadCount();
	}

	/**
	 * The bytes allocated since {@link #start()}; {@code NaN} if a thread has ended.
	 */
	double stop() {
		long startedSince = this.threads.getTotalStartedThreadCount() - this.started;
		Map<Long, Long> after = byThread();
		long newcomers = after.keySet().stream().filter((thread) -> !this.before.containsKey(thread)).count();
		boolean ended = startedSince > newcomers || !after.keySet().containsAll(this.before.keySet());
		return ended ? Double.NaN
				: after.entrySet()
					.stream()
					.mapToDouble((thread) -> thread.getValue() - this.before.getOrDefault(thread.getKey(), 0L))
					.sum();
	}

	private Map<Long, Long> byThread() {
		long[] ids = this.threads.getAllThreadIds();
		long[] allocated = this.threads.getThreadAllocatedBytes(ids);
		Map<Long, Long> byThread = new HashMap<>();
		for (int i = 0; i < ids.length; i++) {
			if (ids[i] != Thread.currentThread().getId() && allocated[i] >= 0) {
				byThread.put(ids[i], allocated[i]);
			}
		}
		return byThread;
	}

	@Override
	public String getDescription() {
		return "Bytes that this process allocates";
	}

}
