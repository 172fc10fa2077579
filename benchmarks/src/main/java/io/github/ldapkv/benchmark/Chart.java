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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A chart of lines, both of whose axes have a power of ten at each step.
 */
final class Chart {

	private static final List<String> COLORS = List.of("#1b6ac9", "#c2410c", "#15803d", "#7e22ce", "#b91c1c",
			"#0f766e");

	private static final int LEFT = 90;

	private static final int TOP = 50;

	private static final int WIDTH = 480;

	private static final int HEIGHT = 280;

	/**
	 * What a line of text takes.
	 */
	private static final int LINE = 15;

	private final String title;

	private final String horizontal;

	private final String vertical;

	private final Map<String, List<double[]>> lines = new LinkedHashMap<>();

	Chart(String title, String horizontal, String vertical) {
		this.title = title;
		this.horizontal = horizontal;
		this.vertical = vertical;
	}

	void add(String name, double x, double y) {
		this.lines.computeIfAbsent(name, (key) -> new ArrayList<>()).add(new double[] { x, y });
	}

	@Override
	public String toString() {
		int[] x = decades(0);
		int[] y = decades(1);
		StringBuilder svg = new StringBuilder();
		svg.append(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
						+ "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
				LEFT + WIDTH + 130, TOP + HEIGHT + 60));
		text(svg, LEFT, 25, "start", "#000000", this.title);
		text(svg, LEFT + WIDTH / 2.0, TOP + HEIGHT + 45, "middle", "#444444", this.horizontal);
		text(svg, 10, TOP - 12, "start", "#444444", this.vertical);
		for (int decade = x[0]; decade <= x[1]; decade++) {
			double at = LEFT + position(Math.pow(10, decade), x) * WIDTH;
			line(svg, at, TOP, at, TOP + HEIGHT);
			text(svg, at, TOP + HEIGHT + 20, "middle", "#444444", label(decade));
		}
		for (int decade = y[0]; decade <= y[1]; decade++) {
			double at = TOP + HEIGHT - position(Math.pow(10, decade), y) * HEIGHT;
			line(svg, LEFT, at, LEFT + WIDTH, at);
			text(svg, LEFT - 8, at + 4, "end", "#444444", label(decade));
		}
		List<String> names = List.copyOf(this.lines.keySet());
		List<String> fromTheTop = names.stream().sorted(Comparator.comparing(this::last).reversed()).toList();
		double label = 0;
		for (String name : fromTheTop) {
			List<double[]> points = this.lines.getOrDefault(name, List.of());
			String color = COLORS.get(names.indexOf(name) % COLORS.size());
			draw(svg, points, color, x, y);
			label = Math.max(label + LINE, TOP + HEIGHT - position(last(name), y) * HEIGHT + 4);
			text(svg, LEFT + WIDTH + 8, label, "start", color, name);
		}
		return svg.append("</svg>\n").toString();
	}

	private double last(String name) {
		List<double[]> points = this.lines.getOrDefault(name, List.of());
		return points.get(points.size() - 1)[1];
	}

	private static void draw(StringBuilder svg, List<double[]> points, String color, int[] x, int[] y) {
		StringBuilder path = new StringBuilder();
		for (double[] point : points) {
			double right = LEFT + position(point[0], x) * WIDTH;
			double end = TOP + HEIGHT - position(point[1], y) * HEIGHT;
			path.append(String.format(Locale.ROOT, "%.1f,%.1f ", right, end));
			svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", right, end,
					color));
		}
		svg.append(String.format("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
				path.toString().strip(), color));
	}

	private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
		svg.append(String.format(Locale.ROOT,
				"<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n", x1, y1, x2, y2));
	}

	private static void text(StringBuilder svg, double x, double y, String anchor, String color, String text) {
		svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
				x, y, anchor, color, text.replace("&", "&amp;").replace("<", "&lt;")));
	}

	private static String label(int decade) {
		return String.format(Locale.ROOT, "%,d", Math.round(Math.pow(10, decade)));
	}

	/**
	 * The powers of ten that all points are between.
	 */
	private int[] decades(int axis) {
		double least = this.lines.values().stream().flatMap(List::stream).mapToDouble((p) -> p[axis]).min().orElse(1);
		double most = this.lines.values().stream().flatMap(List::stream).mapToDouble((p) -> p[axis]).max().orElse(10);
		int first = (int) Math.floor(Math.log10(least));
		return new int[] { first, Math.max(first + 1, (int) Math.ceil(Math.log10(most))) };
	}

	private static double position(double value, int[] decades) {
		return (Math.log10(value) - decades[0]) / (decades[1] - decades[0]);
	}

}
