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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Measures the store against its peers, and compares the ratios with the goals.
 */
public final class BenchmarkApplication {

	private static final int MISSED = 1;

	/**
	 * As {@code sysexits.h} has it.
	 */
	private static final int USAGE = 64;

	private final Plan plan;

	private final @Nullable Path profile;

	private final List<CaseResult> results = new ArrayList<>();

	private String server = "";

	private String memory = "Not measured.";

	private boolean outOfMemory;

	private BenchmarkApplication(Options options) {
		this.plan = options.plan();
		this.profile = options.profile();
	}

	/**
	 * Measures, prints the ratios, and ends with a status other than 0 if a goal is
	 * missed.
	 * @param arguments as for {@code scripts/benchmark}
	 */
	public static void main(String[] arguments) {
		Options options = options(List.of(arguments));
		BenchmarkApplication application = new BenchmarkApplication(options);
		application.measure();
		boolean missed = application.printGoals() || application.outOfMemory;
		Path docs = options.docs();
		if (docs != null) {
			new PerformanceDocument(application.results, Machine.description(application.server), application.memory)
				.write(docs);
		}
		System.exit(missed ? MISSED : 0);
	}

	private static Options options(List<String> arguments) {
		try {
			return Options.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(USAGE);
			throw ex;
		}
	}

	/**
	 * Prints what the store is compared with.
	 * @return whether a goal is missed
	 */
	private boolean printGoals() {
		RatioTable ratios = new RatioTable(this.results);
		AllocationTable allocated = new AllocationTable(this.results);
		print("\n" + ratios + "\n" + allocated + "\n" + Machine.description(this.server));
		return ratios.isMissed() || allocated.isMissed();
	}

	private void measure() {
		this.plan.bySize().forEach(this::measureOnServer);
	}

	private void measureOnServer(int people, List<Case> cases) {
		print(String.format(Locale.ROOT, "Loading %,d people ...", people));
		try (Server directory = Server.start(people)) {
			this.server = directory.description();
			ServerAddress address = directory.address();
			print(Machine.description(this.server));
			if (this.plan.memory() == people) {
				measureMemory(address);
			}
			boolean indexed = true;
			for (Case measured : cases) {
				if (indexed && !measured.indexed()) {
					directory.dropIndexes();
					indexed = false;
				}
				CaseResult result = measure(measured, address);
				this.results.add(result);
				print(measured + " (" + result.rounds() + " rounds, load " + Machine.load() + "): " + scores(result));
			}
		}
	}

	private CaseResult measure(Case measured, ServerAddress address) {
		return (this.profile != null)
				? CaseProcess.profile(measured, address, this.plan.effort(), this.profile.toAbsolutePath())
				: CaseProcess.measure(measured, address, this.plan.effort());
	}

	private void measureMemory(ServerAddress address) {
		List<String> arguments = List.of(address.host(), Integer.toString(address.port()), address.userDn(),
				address.password(), Integer.toString(this.plan.memory()));
		List<String> options = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
		try {
			this.memory = CaseProcess.run(StreamMain.class, options, arguments).get(0);
		}
		catch (IllegalStateException ex) {
			this.memory = "MISSED: " + ex.getMessage();
			this.outOfMemory = true;
		}
		print("Memory: " + this.memory);
	}

	private static String scores(CaseResult result) {
		return result.scores().keySet().stream().map((kind) -> score(result, kind)).collect(Collectors.joining(", "));
	}

	private static String score(CaseResult result, PeerKind kind) {
		double allocated = result.allocated(kind);
		return String.format(Locale.ROOT, "%s %,.1f/s (%,.0f us, %s bytes)", kind, result.speed(kind),
				result.processor(kind), Double.isNaN(allocated) ? "?" : String.format(Locale.ROOT, "%,.0f", allocated));
	}

	private static void print(String line) {
		System.out.println(line);
	}

}
