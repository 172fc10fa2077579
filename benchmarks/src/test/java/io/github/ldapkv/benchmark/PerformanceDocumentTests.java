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

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PerformanceDocumentTests {

	private static final List<PeerKind> PEERS = List.of(PeerKind.STORE, PeerKind.UNBOUNDID);

	@Test
	void hasNoGrowthWhereThereIsOneSize(@TempDir Path directory) throws Exception {
		new PerformanceDocument(List.of(result(Plan.SMALL)), "a machine", "a lot").write(directory);
		assertThat(Files.readString(directory.resolve("performance.md"))).doesNotContain("Growth", "growth", "{");
		assertThat(directory.resolve("performance-growth.svg")).doesNotExist();
	}

	@Test
	void hasRatiosAndChartsThatAreXml(@TempDir Path directory) throws Exception {
		List<CaseResult> results = Stream.of(1000, Plan.SMALL, Plan.LARGE)
			.map(PerformanceDocumentTests::result)
			.toList();
		new PerformanceDocument(results, "a machine", "a lot").write(directory);
		assertThat(Files.readString(directory.resolve("performance.md"))).contains("a machine", "a lot", "| 0.80 ",
				"8,000", "| 6,000 ", "| 5,000 ", "| 1.20 ");
		for (String chart : List.of("performance-get.svg", "performance-growth.svg")) {
			String svg = Files.readString(directory.resolve(chart));
			DocumentBuilderFactory.newInstance()
				.newDocumentBuilder()
				.parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
			assertThat(svg).contains(">get");
		}
	}

	private static CaseResult result(int people) {
		return new CaseResult(new Case(Verb.GET, 1, people, true, PEERS),
				Map.of(PeerKind.STORE, List.of(new Score(0, 8000, 10, 500, 60_000)), PeerKind.UNBOUNDID,
						List.of(new Score(0, 10_000, 10, 400, 50_000))));
	}

}
