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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Writes {@code performance.md} with its charts.
 */
final class PerformanceDocument {

	private static final String PEERS_CHART = "performance-get.svg";

	private static final String GROWTH_CHART = "performance-growth.svg";

	private static final String GROWTH = """
			## Growth

			What a call of the store costs as the directory grows.

			![Cost of a call by the size of the directory](%s)

			""".formatted(GROWTH_CHART);

	private final List<CaseResult> results;

	private final String machine;

	private final String memory;

	PerformanceDocument(List<CaseResult> results, String machine, String memory) {
		this.results = results;
		this.machine = machine;
		this.memory = memory;
	}

	void write(Path directory) {
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve(PEERS_CHART), peers().toString());
			if (isOfManySizes()) {
				Files.writeString(directory.resolve(GROWTH_CHART), growth().toString());
			}
			Files.writeString(directory.resolve("performance.md"), text());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String text() throws IOException {
		try (InputStream template = getClass().getResourceAsStream("performance.md")) {
			return new String(Objects.requireNonNull(template).readAllBytes(), StandardCharsets.UTF_8)
				.replace("{machine}", this.machine)
				.replace("{ratios}", new RatioTable(this.results).toString())
				.replace("{allocated}", new AllocationTable(this.results).toString())
				.replace("{memory}", this.memory)
				.replace("{growth}", isOfManySizes() ? GROWTH : "")
				.replace("{speeds}", speeds());
		}
	}

	private boolean isOfManySizes() {
		return this.results.stream().mapToInt((result) -> result.measured().people()).distinct().count() > 1;
	}

	private String speeds() {
		Set<PeerKind> kinds = EnumSet.noneOf(PeerKind.class);
		this.results.forEach((result) -> kinds.addAll(result.scores().keySet()));
		List<String> head = new ArrayList<>(List.of("work"));
		kinds.forEach((kind) -> head.add(kind.toString()));
		List<List<String>> rows = new ArrayList<>();
		for (CaseResult result : this.results) {
			List<String> row = new ArrayList<>(List.of(result.measured().toString()));
			kinds.forEach((kind) -> row.add(result.has(kind) ? number(result.speed(kind)) : ""));
			rows.add(row);
		}
		return Markdown.table(head, rows);
	}

	private static String number(double number) {
		return String.format(Locale.ROOT, (number < 100) ? "%.2f" : "%,.0f", number);
	}

	private BarChart peers() {
		BarChart chart = new BarChart("get: calls in a second, 1 thread, 10,000 people");
		this.results.stream()
			.filter((result) -> result.measured().isUsualGet())
			.forEach((result) -> result.scores()
				.keySet()
				.forEach((kind) -> chart.add(kind.toString(), result.speed(kind))));
		return chart;
	}

	private Chart growth() {
		Chart chart = new Chart("Cost of a call of the store, 1 thread", "people in the directory", "microseconds");
		this.results.stream()
			.filter((result) -> Plan.GROWING.contains(result.measured().verb()) && result.measured().threads() == 1
					&& result.measured().indexed())
			.forEach((result) -> chart.add(result.measured().verb().toString(), result.measured().people(),
					1e6 / result.speed(PeerKind.STORE)));
		return chart;
	}

}
