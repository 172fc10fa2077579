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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast a watch catches up, compared with the UnboundID SDK that reads the same
 * entries page by page, and how long after a write by somebody else its event arrives.
 */
public final class WatchMain {

	private static final int PEOPLE = 100_000;

	private static final int WARM_UPS = 2;

	private static final int ROUNDS = 9;

	private static final int WRITES = 3000;

	private WatchMain() {
	}

	/**
	 * Measures, and prints what was measured.
	 * @param arguments {@code --watch}, and how many people there are
	 */
	public static void main(String[] arguments) {
		int people = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : PEOPLE;
		print(String.format(Locale.ROOT, "Loading %,d people ...", people));
		try (Server server = Server.start(people);
				UnboundIdPeer peer = new UnboundIdPeer(server.address());
				WatchPeer watch = new WatchPeer(server.address())) {
			measureCatchingUp(peer, watch, people);
			print(watch.lag(WRITES, people));
			print("\n" + Machine.description(server.description()));
		}
	}

	/**
	 * In turns, so that other load on the machine meets both.
	 */
	private static void measureCatchingUp(UnboundIdPeer peer, WatchPeer watch, int people) {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
			double read = seconds(() -> read(peer, people));
			double caughtUp = seconds(() -> watch.catchUp(people));
			print(String.format(Locale.ROOT, "UnboundID SDK %,.0f/s, a watch %,.0f/s (load %s)", people / read,
					people / caughtUp, Machine.load()));
			if (round >= WARM_UPS) {
				ratios.add(read / caughtUp);
			}
		}
		Ratio ratio = Ratio.of(ratios);
		print(String.format(Locale.ROOT,
				"A watch of %,d entries catches up at %.2f times the rate of the UnboundID SDK (%.2f to %.2f)", people,
				ratio.median(), ratio.low(), ratio.high()));
	}

	private static void read(UnboundIdPeer peer, int people) {
		int[] count = new int[1];
		peer.stream((entry) -> count[0]++);
		if (count[0] != people) {
			throw new IllegalStateException(count[0] + " of " + people + " people were read");
		}
	}

	private static double seconds(Runnable code) {
		long began = System.nanoTime();
		code.run();
		return (System.nanoTime() - began) / 1e9;
	}

	private static void print(String line) {
		System.out.println(line);
	}

}
