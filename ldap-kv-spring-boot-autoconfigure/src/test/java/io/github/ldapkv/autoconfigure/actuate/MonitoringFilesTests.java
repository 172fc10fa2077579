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

package io.github.ldapkv.autoconfigure.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard, the alerts and the documents, against what Prometheus sees.
 */
class MonitoringFilesTests {

	private static final Path DOCS = Path.of("../docs");

	private static final Pattern METRIC = Pattern.compile("\\bldapkv_\\w+");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=|!=|=~|!~)\\s*\"");

	private static final Pattern VALUE = Pattern.compile("(\\w+)\\s*!?=\\s*\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

	private static final Exposition SEEN = TroubledApplication.exposition().and(WatchMonitoringTests.exposition());

	@Test
	void theDashboardAsksForWhatThereIs() {
		List<String> queries = queriesOfTheDashboard().toList();
		assertThat(queries).hasSizeGreaterThan(20).allSatisfy(MonitoringFilesTests::assertAnswered);
		assertThat(queries.stream().flatMap(MonitoringFilesTests::metrics).map(MonitoringFilesTests::meter))
			.containsAll(SEEN.types().keySet().stream().map(MonitoringFilesTests::meter).toList());
	}

	@Test
	void theAlertsAskForWhatThereIs() {
		assertThat(alerts()).hasSizeGreaterThanOrEqualTo(7)
			.allSatisfy((alert) -> assertAnswered((String) alert.get("expr")));
	}

	@Test
	void anAlertSaysHowBadItIsAndWhereToReadOn() {
		assertThat(alerts()).allSatisfy((alert) -> {
			assertThat((String) alert.get("for")).matches("\\d+m");
			assertThat(map(alert.get("labels")).get("severity")).isIn("warning", "critical");
			assertThat((String) map(alert.get("annotations")).get("summary")).isNotBlank();
			assertThat(map(alert.get("annotations"))).containsEntry("runbook_url",
					"docs/operations.md#" + name(alert).toLowerCase(Locale.ROOT));
		});
	}

	@Test
	void everyAlertIsExplained() {
		Set<String> headings = read("operations.md").lines()
			.filter((line) -> line.startsWith("#"))
			.map((line) -> line.replaceFirst("^#+ ", "").replace("`", ""))
			.collect(Collectors.toSet());
		assertThat(headings).containsAll(alerts().stream().map(MonitoringFilesTests::name).toList());
	}

	@Test
	void theDocumentNamesEveryMeter() {
		String document = read("observability.md");
		Set<String> told = metrics(document).collect(Collectors.toCollection(TreeSet::new));
		Set<String> exported = SEEN.types()
			.keySet()
			.stream()
			.filter((name) -> !name.endsWith("_seconds_max"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(told).containsAll(exported).allSatisfy(MonitoringFilesTests::assertExported);
	}

	private static void assertAnswered(String query) {
		List<String> metrics = metrics(query).toList();
		assertThat(metrics).as(query).isNotEmpty().allSatisfy(MonitoringFilesTests::assertExported);
		Set<String> labels = new HashSet<>(Set.of("application", "instance", "le"));
		SEEN.samples().forEach((sample) -> {
			if (metrics.stream().map(MonitoringFilesTests::sample).anyMatch(sample.name()::equals)) {
				labels.addAll(sample.labels().keySet());
			}
		});
		Set<String> asked = new HashSet<>();
		MATCHER.matcher(query).results().forEach((match) -> asked.add(match.group(1)));
		GROUPING.matcher(query).results().forEach((match) -> asked.addAll(List.of(match.group(1).split(", "))));
		assertThat(labels).as(query).containsAll(asked);
		VALUE.matcher(query).results().forEach((match) -> assertSeen(match.group(1), match.group(2)));
	}

	/**
	 * An alert that asks for a value that no meter has can never be one.
	 */
	private static void assertSeen(String label, String value) {
		assertThat(SEEN.samples()).as(label + "=" + value)
			.anySatisfy((sample) -> assertThat(sample.labels()).containsEntry(label, value));
	}

	private static void assertExported(String metric) {
		assertThat(SEEN.names()).contains(sample(metric));
	}

	/**
	 * A value that is there for a metric: a timer has no value of its own, and buckets as
	 * soon as it is a histogram.
	 */
	private static String sample(String metric) {
		return SEEN.names().contains(metric) ? metric : metric.replaceFirst("_seconds(_bucket)?$", "_seconds_count");
	}

	private static String meter(String metric) {
		return metric.replaceFirst("_seconds_(count|sum|max|bucket)$", "_seconds");
	}

	private static Stream<String> metrics(String text) {
		return METRIC.matcher(text).results().map((match) -> match.group());
	}

	private static Stream<String> queriesOfTheDashboard() {
		Map<String, Object> dashboard = new Yaml().load(read("grafana/ldap-kv-dashboard.json"));
		Stream<Object> panels = list(dashboard.get("panels")).stream()
			.flatMap((panel) -> list(map(panel).getOrDefault("targets", List.of())).stream())
			.map((target) -> map(target).get("expr"));
		Stream<Object> variables = list(map(dashboard.get("templating")).get("list")).stream()
			.map((variable) -> map(variable).get("definition"))
			.filter((definition) -> definition != null);
		return Stream.concat(panels, variables).map(String.class::cast);
	}

	private static List<Map<String, Object>> alerts() {
		Map<String, Object> rules = new Yaml().load(read("grafana/alerts.yaml"));
		return list(rules.get("groups")).stream()
			.flatMap((group) -> list(map(group).get("rules")).stream())
			.map(MonitoringFilesTests::map)
			.toList();
	}

	private static String name(Map<String, Object> alert) {
		return (String) alert.get("alert");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (Map<String, Object>) value;
	}

	@SuppressWarnings("unchecked")
	private static List<Object> list(Object value) {
		return (List<Object>) value;
	}

	private static String read(String document) {
		try {
			return Files.readString(DOCS.resolve(document));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
