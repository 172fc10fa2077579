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

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A chart of bars, the longest of which takes all the room.
 */
final class BarChart {

	private static final int LEFT = 260;

	private static final int TOP = 40;

	private static final int WIDTH = 360;

	private static final int STEP = 28;

	private final String title;

	private final Map<String, Double> bars = new LinkedHashMap<>();

	BarChart(String title) {
		this.title = title;
	}

	void add(String name, double length) {
		this.bars.put(name, length);
	}

	@Override
	public String toString() {
		double longest = this.bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
		StringBuilder svg = new StringBuilder();
		svg.append(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
						+ "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
						+ "<text x=\"20\" y=\"24\">%s</text>%n",
				LEFT + WIDTH + 90, TOP + STEP * this.bars.size() + 10, this.title));
		int top = TOP;
		for (Map.Entry<String, Double> bar : this.bars.entrySet()) {
			double length = bar.getValue() / longest * WIDTH;
			String color = bar.getKey().equals(PeerKind.STORE.toString()) ? "#1b6ac9" : "#9ca3af";
			svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LEFT - 8,
					top + 16, bar.getKey()));
			svg.append(
					String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
							LEFT, top, length, STEP - 8, color));
			svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%,.0f</text>%n", LEFT + length + 8,
					top + 16, bar.getValue()));
			top += STEP;
		}
		return svg.append("</svg>\n").toString();
	}

}
