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
import java.util.Collections;
import java.util.List;

/**
 * How many times as fast one is as another.
 *
 * @param median the median of what was measured
 * @param low the lower end of the interval that the true median is in with 95 percent
 * @param high its upper end
 */
record Ratio(double median, double low, double high) {

	private static final double EACH_TAIL = 0.025;

	/**
	 * The ratio that others, measured independently, are about.
	 */
	static Ratio of(List<Double> ratios) {
		List<Double> sorted = new ArrayList<>(ratios);
		Collections.sort(sorted);
		int rank = rank(sorted.size());
		return new Ratio(median(sorted), sorted.get(rank), sorted.get(sorted.size() - 1 - rank));
	}

	static double median(List<Double> values) {
		List<Double> sorted = new ArrayList<>(values);
		Collections.sort(sorted);
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	/**
	 * How many of the least and the greatest are outside the interval. Whatever the
	 * values are distributed like, each lies below the median with one half, so that
	 * their number has a binomial distribution.
	 */
	static int rank(int count) {
		double probability = Math.pow(0.5, count);
		double tail = 0;
		int rank = 0;
		while (rank < (count - 1) / 2 && tail + probability <= EACH_TAIL) {
			tail += probability;
			probability = probability * (count - rank) / (rank + 1);
			rank++;
		}
		return Math.max(0, rank - 1);
	}

}
