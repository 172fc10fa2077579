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

package io.github.ldapkv.testserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The sockets of this process, as Linux counts them.
 */
public final class ProcessSockets {

	private static final String ESTABLISHED = "01";

	private static final String CLOSE_WAIT = "08";

	private ProcessSockets() {
	}

	/**
	 * How many open sockets go to a port, whatever the other side has done.
	 * @param port the port
	 * @return their number
	 */
	public static long to(int port) {
		String suffix = String.format(Locale.ROOT, ":%04X", port);
		long count = 0;
		for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
			count += lines(table).stream()
				.map((line) -> line.strip().split("\\s+"))
				.filter((fields) -> fields.length > 3 && fields[2].endsWith(suffix)
						&& List.of(ESTABLISHED, CLOSE_WAIT).contains(fields[3]))
				.count();
		}
		return count;
	}

	private static List<String> lines(String table) {
		try {
			return Files.readAllLines(Path.of(table));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The sockets of a process are known on Linux only", ex);
		}
	}

}
