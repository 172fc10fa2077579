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
import java.util.Locale;

/**
 * Writes tables that are read well as they are, too.
 */
final class Markdown {

	private Markdown() {
	}

	/**
	 * With two places; nothing where there is no number.
	 */
	static String number(double number) {
		return Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.2f", number);
	}

	static String table(List<String> head, List<List<String>> rows) {
		List<List<String>> all = new ArrayList<>();
		all.add(head);
		all.addAll(rows);
		int[] widths = new int[head.size()];
		for (List<String> row : all) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		}
		List<String> rule = new ArrayList<>();
		for (int width : widths) {
			rule.add("-".repeat(width));
		}
		all.add(1, rule);
		StringBuilder table = new StringBuilder();
		for (List<String> row : all) {
			List<String> cells = new ArrayList<>(Collections.nCopies(widths.length, ""));
			for (int i = 0; i < widths.length; i++) {
				cells.set(i, row.get(i) + " ".repeat(widths[i] - row.get(i).length()));
			}
			table.append("| ").append(String.join(" | ", cells)).append(" |\n");
		}
		return table.toString();
	}

}
