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

package io.github.ldapkv.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.server.ServerCapabilities.Feature;
import io.github.ldapkv.contract.LawRecorder.Group;
import io.github.ldapkv.contract.LawRecorder.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code docs/compatibility.md} of what the laws have shown.
 */
final class CompatibilityTable {

	private static final Path SOURCES = Path.of("src/test/java");

	private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

	private static final String AS_ABOVE = "As above";

	private final List<Recording> recordings;

	CompatibilityTable(List<Recording> recordings) {
		this.recordings = recordings.stream()
			.sorted(Comparator.comparing(Recording::product).thenComparing((one) -> one.contract().getSimpleName()))
			.toList();
	}

	String text() throws IOException {
		StringBuilder text = new StringBuilder(
				"""
						# Compatibility

						What one run of the laws has shown on each server; `scripts/compatibility` runs them again and writes this page. A law is
						a test that every server runs. Where a server is different, the test is another one there, with the reason below.

						## Laws

						Tests that passed; in brackets, how many of them another test stands for on this server. "Over JNDI" the store is on a plain
						`LdapContextSource` with a base; in all other columns it has connections of its own.

						""");
		rows(text, "Laws", groups(), (group) -> (recording) -> laws(recording, group));
		text.append("""

				## How it is done there

				""");
		List<String> features = new ArrayList<>(List.of("version of an entry", "compare-and-set"));
		Arrays.stream(Feature.values()).map(CompatibilityTable::name).forEach(features::add);
		rows(text, "", features, (feature) -> (recording) -> feature(recording.capabilities(), feature));
		text.append(
				"""

						Compare-and-set by pairs removes the old value and adds the new one in one Modify: see [writes.md](writes.md). What the store
						makes of a server is in one line of its log, and `ldapkv.server.*` corrects it.

						## Differences

						""");
		for (Recording recording : this.recordings) {
			differences(text, recording);
		}
		return text.toString();
	}

	private TreeSet<String> groups() {
		TreeSet<String> groups = new TreeSet<>();
		this.recordings.forEach((recording) -> groups.addAll(recording.groups().keySet()));
		return groups;
	}

	private void rows(StringBuilder text, String title, Iterable<String> names,
			Function<String, Function<Recording, String>> cell) {
		text.append("| ").append(title).append(" |");
		this.recordings.forEach((recording) -> text.append(' ').append(heading(recording)).append(" |"));
		text.append("\n|---|").append("---|".repeat(this.recordings.size())).append('\n');
		for (String name : names) {
			text.append("| ").append(name.replace("Laws", "")).append(" |");
			this.recordings
				.forEach((recording) -> text.append(' ').append(cell.apply(name).apply(recording)).append(" |"));
			text.append('\n');
		}
	}

	private static String heading(Recording recording) {
		String contract = recording.contract().getSimpleName();
		return recording.product() + (contract.contains("WithBase") ? ", with a base" : "")
				+ (contract.contains("Jndi") ? ", over JNDI" : "");
	}

	private static String laws(Recording recording, String name) {
		Group group = recording.groups().get(name);
		if (group == null) {
			return "";
		}
		int differing = group.differing().size();
		return ((group.failed() > 0) ? "**" + group.failed() + " failed**, " : "") + group.passed()
				+ ((differing > 0) ? " (" + differing + ")" : "");
	}

	private static String feature(ServerCapabilities server, String name) {
		return switch (name) {
			case "version of an entry" ->
				(server.versionAttribute() != null) ? "`" + server.versionAttribute() + "`" : "none";
			case "compare-and-set" -> (server.versionAttribute() == null) ? "refused"
					: server.has(Feature.ASSERTION) ? "assertion" : "pairs; refused for attributes of several values";
			default ->
				Arrays.stream(Feature.values()).anyMatch((feature) -> name(feature).equals(name) && server.has(feature))
						? "yes" : "no";
		};
	}

	private static String name(Feature feature) {
		return "`" + feature.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`";
	}

	private void differences(StringBuilder text, Recording recording) throws IOException {
		Map<String, Class<?>> differing = new TreeMap<>();
		recording.groups().values().forEach((group) -> differing.putAll(group.differing()));
		if (differing.isEmpty() || !heading(recording).equals(recording.product())) {
			return;
		}
		text.append("### ").append(recording.product()).append("\n\n");
		Map<String, List<String>> byReason = new LinkedHashMap<>();
		for (Map.Entry<String, Class<?>> test : differing.entrySet()) {
			byReason.computeIfAbsent(reason(test.getKey(), test.getValue()), (reason) -> new ArrayList<>())
				.add("`" + test.getKey() + "`");
		}
		byReason.forEach((reason,
				tests) -> text.append("- ").append(reason).append(" (").append(String.join(", ", tests)).append(")\n"));
		text.append('\n');
	}

	/**
	 * The reason stands above the test, or above its class for all of them.
	 */
	private static String reason(String test, Class<?> differing) throws IOException {
		String source = Files.readString(SOURCES.resolve(differing.getName().replace('.', '/') + ".java"));
		String reason = comment(source, "(?:public |default )*void " + test + "\\(");
		if (reason == null) {
			reason = comment(source, "(?:public |abstract |final )*(?:class|interface) ");
		}
		if (reason == null) {
			throw new IllegalStateException(differing.getName() + "." + test + " does not say why it is different");
		}
		return reason;
	}

	private static @Nullable String comment(String source, String declaration) {
		Matcher end = Pattern.compile("\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)*" + declaration).matcher(source);
		String last = null;
		if (end.find()) {
			Matcher comment = COMMENT.matcher(source.substring(0, end.start() + 2));
			while (comment.find()) {
				String text = comment.group(1)
					.replaceAll("\\s*\\*\\s+", " ")
					.replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
					.strip();
				last = text.startsWith(AS_ABOVE) && last != null
						? last.substring(0, last.length() - 1) + text.substring(AS_ABOVE.length()) : text;
			}
		}
		return last;
	}

	/**
	 * Writes the page.
	 */
	static void write(Path file) {
		try {
			Files.writeString(file, new CompatibilityTable(List.copyOf(LawRecorder.recordings())).text());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
