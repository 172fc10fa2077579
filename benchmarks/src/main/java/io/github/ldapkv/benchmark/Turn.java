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

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A turn of one peer. It runs in this process and not in a fork: the peers take turns of
 * a fraction of a second, since what else the machine does is another thing a minute
 * later.
 */
final class Turn {

	private Turn() {
	}

	/**
	 * Runs a benchmark for a while.
	 * @param sitting in which sitting that is
	 */
	static Score run(int sitting, Verb verb, PeerKind kind, int threads, int milliseconds) {
		RunResult result = run(options(verb, kind, threads).mode(Mode.Throughput)
			.timeUnit(TimeUnit.SECONDS)
			.warmupIterations(0)
			.measurementIterations(1)
			.measurementTime(TimeValue.milliseconds(milliseconds))
			.addProfiler(ProcessorTime.class)
			.addProfiler(AllocatedBytes.class));
		return new Score(sitting, result.getPrimaryResult().getScore(), secondary(result, ProcessorTime.CALLS),
				secondary(result, ProcessorTime.LABEL), secondary(result, AllocatedBytes.LABEL));
	}

	private static double secondary(RunResult result, String label) {
		return Objects.requireNonNull(result.getSecondaryResults().get(label), label).getScore();
	}

	/**
	 * Runs a benchmark once.
	 */
	static void runOnce(Verb verb, PeerKind kind) {
		run(options(verb, kind, 1).mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1));
	}

	private static ChainedOptionsBuilder options(Verb verb, PeerKind kind, int threads) {
		return new OptionsBuilder().include(Pattern.quote(VerbBenchmark.class.getName() + "." + verb) + "$")
			.param("kind", kind.name())
			.threads(threads)
			.forks(0)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT);
	}

	private static RunResult run(ChainedOptionsBuilder options) {
		try {
			return new Runner(options.build()).runSingle();
		}
		catch (RunnerException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
