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

package io.github.ldapkv.internal.wire.jndi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * Reads many entries over one connection, some at a time: JNDI waits for each answer in
 * the thread that asks.
 */
final class JndiPipeline {

	private static final int WIDTH = 4;

	/**
	 * Fewer reads than these are done before threads are started.
	 */
	private static final int LEAST = 16;

	private JndiPipeline() {
	}

	/**
	 * Reads each entry.
	 * @return the entries in the order of the requests, {@code null} for each that is not
	 * there
	 */
	static List<@Nullable SearchResultEntry> run(JndiSession session, List<SearchRequest> requests)
			throws LDAPException {
		if (requests.size() < LEAST) {
			return readEach(session, requests);
		}
		List<Thread> threads = new ArrayList<>();
		ExecutorService executor = Executors.newFixedThreadPool(WIDTH - 1, (work) -> {
			Thread thread = new Thread(work, "ldapkv-read");
			thread.setDaemon(true);
			threads.add(thread);
			return thread;
		});
		boolean interrupted = false;
		try {
			List<Future<List<@Nullable SearchResultEntry>>> parts = new ArrayList<>();
			for (int i = 1; i < WIDTH; i++) {
				List<SearchRequest> part = part(requests, i);
				parts.add(executor.submit(() -> session.onContextOfItsOwn((own) -> readEach(own, part))));
			}
			List<@Nullable SearchResultEntry> entries = new ArrayList<>(readEach(session, part(requests, 0)));
			for (Future<List<@Nullable SearchResultEntry>> part : parts) {
				entries.addAll(part.get());
			}
			return entries;
		}
		catch (ExecutionException ex) {
			throw failure(ex);
		}
		catch (InterruptedException ex) {
			interrupted = true;
			throw new LDAPException(ResultCode.USER_CANCELED, "Interrupted while reading", ex);
		}
		finally {
			executor.shutdownNow();
			awaitEnd(threads, interrupted);
		}
	}

	private static List<@Nullable SearchResultEntry> readEach(Session session, List<SearchRequest> requests)
			throws LDAPException {
		List<@Nullable SearchResultEntry> entries = new ArrayList<>(requests.size());
		for (SearchRequest request : requests) {
			entries.add(session.read(request));
		}
		return entries;
	}

	private static <T> List<T> part(List<T> items, int number) {
		return items.subList(items.size() * number / WIDTH, items.size() * (number + 1) / WIDTH);
	}

	private static LDAPException failure(ExecutionException ex) {
		if (ex.getCause() instanceof LDAPException failure) {
			return failure;
		}
		throw (ex.getCause() instanceof RuntimeException runtime) ? runtime : new IllegalStateException(ex.getCause());
	}

	private static void awaitEnd(List<Thread> threads, boolean interrupted) {
		boolean again = interrupted;
		for (Thread thread : threads) {
			while (thread.isAlive()) {
				try {
					thread.join();
				}
				catch (InterruptedException ex) {
					again = true;
				}
			}
		}
		if (again) {
			Thread.currentThread().interrupt();
		}
	}

}
