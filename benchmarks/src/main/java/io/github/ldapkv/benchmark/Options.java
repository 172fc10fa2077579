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
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param plan what is measured
 * @param docs where the page is written; {@code null} for nowhere
 * @param profile where what the store does is recorded; {@code null} for nowhere
 */
record Options(Plan plan, @Nullable Path docs, @Nullable Path profile) {

	static Options parse(List<String> arguments) {
		boolean full = false;
		Verb only = null;
		Path docs = null;
		Path profile = null;
		Iterator<String> rest = arguments.iterator();
		while (rest.hasNext()) {
			String argument = rest.next();
			switch (argument) {
				case "--short" -> full = false;
				case "--full" -> full = true;
				case "--only" -> only = Verb.of(next(argument, rest));
				case "--docs" -> docs = Path.of(next(argument, rest));
				case "--profile" -> profile = Path.of(next(argument, rest));
				default -> throw new IllegalArgumentException("There is no option '" + argument + "'");
			}
		}
		if (profile != null) {
			return new Options(profiled(only), null, profile);
		}
		if (docs == null && full && only == null) {
			docs = Path.of("docs");
		}
		return new Options(full ? Plan.full(only) : Plan.brief(only), docs, null);
	}

	private static Plan profiled(@Nullable Verb only) {
		if (only == null) {
			throw new IllegalArgumentException("--profile needs --only <verb>");
		}
		return Plan.profile(only);
	}

	private static String next(String option, Iterator<String> rest) {
		if (!rest.hasNext()) {
			throw new IllegalArgumentException(option + " needs an argument");
		}
		return rest.next();
	}

}
