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

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures one case in this process, and prints what the peers did in each round. It is
 * started by {@link CaseProcess}.
 */
public final class CaseMain {

	/**
	 * Of calls that take longer than a sitting is to take there has to be a median too.
	 */
	private static final int LEAST_ROUNDS = 3;

	/**
	 * What a line with a result begins with.
	 */
	static final String RESULT = "result ";

	private static final int WARM_UP_TURN = 250;

	private CaseMain() {
	}

	/**
	 * Measures a case.
	 * @param arguments as {@link CaseProcess} gives them
	 */
	public static void main(String[] arguments) {
		ServerAddress server = new ServerAddress(arguments[0], Integer.parseInt(arguments[1]), arguments[2],
				arguments[3]);
		Verb verb = Verb.of(arguments[4]);
		int threads = Integer.parseInt(arguments[5]);
		int people = Integer.parseInt(arguments[6]);
		Effort effort = new Effort(Integer.parseInt(arguments[7]), Integer.parseInt(arguments[8]),
				Integer.parseInt(arguments[9]));
		List<PeerKind> kinds = Arrays.stream(arguments[10].split(",")).map(PeerKind::valueOf).toList();
		for (int sitting = 0; sitting < Effort.SITTINGS; sitting++) {
			try (Session session = Session.open(server, people, kinds)) {
				if (sitting == 0) {
					new Agreement(session).check(verb);
					kinds.forEach((kind) -> warmUp(verb, kind, effort.warmUp()));
				}
				measure(sitting, verb, threads, effort, kinds);
			}
		}
		// A library's threads do not keep the process.
		System.exit(0);
	}

	private static void measure(int sitting, Verb verb, int threads, Effort effort, List<PeerKind> kinds) {
		// The first call on a connection is another one.
		kinds.forEach((kind) -> Turn.run(sitting, verb, kind, threads, effort.turn()));
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos((long) effort.sitting() * kinds.size());
		int round = sitting;
		do {
			for (int i = 0; i < kinds.size(); i++) {
				// Nobody always follows the same one.
				PeerKind kind = kinds.get((round % 2 == 0) ? i : kinds.size() - 1 - i);
				Score score = Turn.run(sitting, verb, kind, threads, effort.turn());
				System.out.println(RESULT + sitting + " " + kind.name() + " " + score.speed() + " " + score.calls()
						+ " " + score.processor() + " " + score.allocated());
			}
			round++;
		}
		while (System.nanoTime() < end || round - sitting < LEAST_ROUNDS);
	}

	/**
	 * Until the JVM has compiled what there is to compile. By several threads, whoever is
	 * measured later: they get there sooner. What opens a connection for each call has a
	 * second at most: the system keeps the port of each for a minute, and runs out of
	 * them.
	 */
	private static void warmUp(Verb verb, PeerKind kind, int mostOfPooled) {
		int most = kind.isPooled() ? mostOfPooled : Math.min(mostOfPooled, 1000);
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		long start = System.nanoTime();
		long spent = 0;
		double calls = 0;
		boolean compiling = true;
		while (spent < most && (compiling || calls < verb.warmUp())) {
			long before = compiler.getTotalCompilationTime();
			calls += Turn.run(0, verb, kind, PeerKind.POOL_SIZE, WARM_UP_TURN).calls();
			long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			compiling = compiler.getTotalCompilationTime() - before > (now - spent) / 10;
			spent = now;
		}
	}

}
