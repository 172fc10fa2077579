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
import java.util.List;

import com.sun.management.OperatingSystemMXBean;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Measures the processor time of this process. It depends less than time does on what
 * else the machine does; but the system counts it in hundredths of a second, so that only
 * many turns together say something.
 */
public final class ProcessorTime implements InternalProfiler {

	static final String LABEL = "processor";

	static final String CALLS = "calls";

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private long before;

	@Override
	public void beforeIteration(BenchmarkParams benchmarkParams, IterationParams iterationParams) {
		this.before = this.system.getProcessCpuTime();
	}

	@Override
	@SuppressWarnings("rawtypes")
	public Collection<? extends Result> afterIteration(BenchmarkParams benchmarkParams, IterationParams iterationParams,
			IterationResult result) {
		double microseconds = (this.system.getProcessCpuTime() - this.before) / 1e3;
		return List.of(new ScalarResult(LABEL, microseconds, "us", AggregationPolicy.SUM),
				new ScalarResult(CALLS, result.getMetadata().getAllOps(), "ops", AggregationPolicy.SUM));
	}

	@Override
	public String getDescription() {
		return "Processor time of this process";
	}

}
