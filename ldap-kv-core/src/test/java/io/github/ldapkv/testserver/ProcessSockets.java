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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The sockets of this process, as Linux counts them.
 */
public final class ProcessSockets {

	private static final int REMOTE_ADDRESS = 2;

	private static final int STATE = 3;

	private static final int INODE = 9;

	private static final String ESTABLISHED = "01";

	private static final String CLOSE_WAIT = "08";

	private ProcessSockets() {
	}

	/**
	 * How many open sockets go to a port, whatever the other side has done. Linux lists
	 * them one after another while they come and go, so that some would be counted that
	 * were never open at the same time: those count that are listed twice.
	 * @param port the port
	 * @return their number
	 */
	public static long to(int port) {
		Set<String> sockets = inodes(port);
		sockets.retainAll(inodes(port));
		return sockets.size();
	}

	private static Set<String> inodes(int port) {
		String suffix = String.format(Locale.ROOT, ":%04X", port);
		Set<String> inodes = new HashSet<>();
		for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
			lines(table).stream()
				.map((line) -> line.strip().split("\\s+"))
				.filter((fields) -> fields.length > INODE && fields[REMOTE_ADDRESS].endsWith(suffix)
						&& List.of(ESTABLISHED, CLOSE_WAIT).contains(fields[STATE]))
				.forEach((fields) -> inodes.add(fields[INODE]));
		}
		return inodes;
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
