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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Measures a case in a process of its own, which no other case has warmed up in its way.
 */
final class CaseProcess {

	private CaseProcess() {
	}

	static CaseResult measure(Case measured, ServerAddress server, Effort effort) {
		return measure(measured, server, effort, List.of());
	}

	/**
	 * Measures a case, and records with JDK Flight Recorder what is done after the first
	 * seconds.
	 * @param file where the recording is written
	 */
	static CaseResult profile(Case measured, ServerAddress server, Effort effort, Path file) {
		String recording = "-XX:StartFlightRecording=settings=profile,delay=" + effort.warmUp() + "ms,filename=" + file;
		return measure(measured, server, effort, List.of(recording));
	}

	private static CaseResult measure(Case measured, ServerAddress server, Effort effort, List<String> options) {
		Map<PeerKind, List<Score>> scores = new EnumMap<>(PeerKind.class);
		measured.peers().forEach((kind) -> scores.put(kind, new ArrayList<>()));
		List<String> arguments = List.of(server.host(), Integer.toString(server.port()), server.userDn(),
				server.password(), measured.verb().toString(), Integer.toString(measured.threads()),
				Integer.toString(measured.people()), Integer.toString(effort.warmUp()), Integer.toString(effort.turn()),
				Integer.toString(effort.sitting()),
				measured.peers().stream().map(Enum::name).collect(Collectors.joining(",")));
		List<String> all = new ArrayList<>(List.of("-Xms512m", "-Xmx1g"));
		all.addAll(options);
		List<String> lines = run(CaseMain.class, all, arguments);
		for (String line : lines) {
			if (line.startsWith(CaseMain.RESULT)) {
				String[] words = line.split(" ");
				Score score = new Score(Integer.parseInt(words[1]), Double.parseDouble(words[3]),
						Double.parseDouble(words[4]), Double.parseDouble(words[5]), Double.parseDouble(words[6]));
				Objects.requireNonNull(scores.get(PeerKind.valueOf(words[2]))).add(score);
			}
		}
		return new CaseResult(measured, scores);
	}

	/**
	 * Runs a class of this class path.
	 * @return the lines it printed
	 * @throws IllegalStateException if it failed
	 */
	static List<String> run(Class<?> main, List<String> options, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			List<String> lines;
			try (BufferedReader output = process.inputReader()) {
				lines = output.lines().toList();
			}
			int status = process.waitFor();
			if (status != 0) {
				throw new IllegalStateException(main.getSimpleName() + " failed with status " + status + ": " + lines);
			}
			return lines;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
