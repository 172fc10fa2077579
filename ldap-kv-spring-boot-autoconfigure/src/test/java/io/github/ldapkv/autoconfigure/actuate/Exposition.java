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

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Prometheus reads of an application, in its text format: the meters of ldap-kv.
 *
 * @param types the type of each metric
 * @param descriptions the description of each metric
 * @param samples the values
 */
record Exposition(Map<String, String> types, Map<String, String> descriptions, List<Sample> samples) {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(ldapkv_\\w+)(?:\\{(.*)})? (\\S+)$");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	static Exposition of(String text) {
		return new Exposition(comments(text, "TYPE"), comments(text, "HELP"),
				SAMPLE.matcher(text)
					.results()
					.map((match) -> new Sample(match.group(1), parsed(match.group(2)),
							Double.parseDouble(match.group(3).replace("+Inf", "Infinity"))))
					.toList());
	}

	/**
	 * What is read of this application and another one.
	 */
	Exposition and(Exposition other) {
		Map<String, String> allTypes = new TreeMap<>(this.types);
		allTypes.putAll(other.types);
		Map<String, String> allDescriptions = new TreeMap<>(this.descriptions);
		allDescriptions.putAll(other.descriptions);
		return new Exposition(allTypes, allDescriptions,
				Stream.concat(this.samples.stream(), other.samples.stream()).toList());
	}

	private static Map<String, String> comments(String text, String kind) {
		return Pattern.compile("(?m)^# " + kind + " (ldapkv_\\w+) (.*)$")
			.matcher(text)
			.results()
			.collect(Collectors.toMap((match) -> match.group(1), (match) -> match.group(2), (a, b) -> a, TreeMap::new));
	}

	private static Map<String, String> parsed(String text) {
		Map<String, String> labels = new LinkedHashMap<>();
		Matcher matcher = LABEL.matcher((text != null) ? text : "");
		matcher.results().forEach((MatchResult label) -> labels.put(label.group(1), label.group(2)));
		return labels;
	}

	/**
	 * The names that a query may use.
	 */
	Set<String> names() {
		return this.samples.stream().map(Sample::name).collect(Collectors.toSet());
	}

	/**
	 * The names of the labels of a metric.
	 */
	Set<String> labels(String name) {
		Set<String> labels = new LinkedHashSet<>();
		this.samples.stream()
			.filter((sample) -> sample.name().equals(name))
			.forEach((sample) -> labels.addAll(sample.labels().keySet()));
		return labels;
	}

	/**
	 * The sum of the values that have some labels.
	 * @param labels names and values, in turn
	 */
	double sum(String name, String... labels) {
		return this.samples.stream()
			.filter((sample) -> sample.name().equals(name) && sample.has(labels))
			.mapToDouble(Sample::value)
			.reduce(Double::sum)
			.orElse(Double.NaN);
	}

	/**
	 * A value.
	 *
	 * @param name the name of the metric
	 * @param labels its labels
	 * @param value the value
	 */
	record Sample(String name, Map<String, String> labels, double value) {

		private boolean has(String... labels) {
			for (int i = 0; i < labels.length; i += 2) {
				if (!labels[i + 1].equals(this.labels.get(labels[i]))) {
					return false;
				}
			}
			return true;
		}

	}

}
