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

package io.github.ldapkv;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.naming.InterruptedNamingException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapContext;

/**
 * Reads on one connection without waiting for one answer before the next question: LDAP
 * lets requests overtake each other, and JNDI waits for each answer in the thread that
 * asked. The threads end with the call.
 */
final class Pipeline {

	private static final int WIDTH = 4;

	/**
	 * Fewer reads than these are done before threads are started.
	 */
	private static final int LEAST = 16;

	private Pipeline() {
	}

	/**
	 * Reads each item.
	 * @param read reads some of the items on a context, in their order; it is called by
	 * several threads
	 */
	static <T, R> List<R> run(LdapContext context, List<T> items, Read<T, R> read) throws NamingException {
		if (items.size() < LEAST) {
			return read.read(context, items);
		}
		List<Thread> threads = new ArrayList<>();
		ExecutorService executor = Executors.newFixedThreadPool(WIDTH - 1, (work) -> {
			Thread thread = new Thread(work, "ldap-kv-read");
			thread.setDaemon(true);
			threads.add(thread);
			return thread;
		});
		boolean interrupted = false;
		try {
			List<Future<List<R>>> parts = new ArrayList<>();
			for (int i = 1; i < WIDTH; i++) {
				parts.add(executor.submit(onContextOfItsOwn(context, part(items, i), read)));
			}
			List<R> results = new ArrayList<>(read.read(context, part(items, 0)));
			for (Future<List<R>> part : parts) {
				results.addAll(part.get());
			}
			return results;
		}
		catch (ExecutionException ex) {
			throw failure(ex);
		}
		catch (InterruptedException ex) {
			interrupted = true;
			throw interruption(ex);
		}
		finally {
			executor.shutdownNow();
			awaitEnd(threads, interrupted);
		}
	}

	private static <T> List<T> part(List<T> items, int number) {
		return items.subList(items.size() * number / WIDTH, items.size() * (number + 1) / WIDTH);
	}

	private static <T, R> Callable<List<R>> onContextOfItsOwn(LdapContext context, List<T> items, Read<T, R> read) {
		return () -> {
			LdapContext own = context.newInstance(null);
			try {
				return read.read(own, items);
			}
			finally {
				own.close();
			}
		};
	}

	private static NamingException failure(ExecutionException ex) {
		if (ex.getCause() instanceof NamingException naming) {
			return naming;
		}
		throw (ex.getCause() instanceof RuntimeException runtime) ? runtime : new IllegalStateException(ex.getCause());
	}

	private static NamingException interruption(InterruptedException ex) {
		InterruptedNamingException interruption = new InterruptedNamingException("Interrupted while reading");
		interruption.initCause(ex);
		return interruption;
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

	/**
	 * Reads items.
	 *
	 * @param <T> what an item is
	 * @param <R> what is read of it
	 */
	@FunctionalInterface
	interface Read<T, R> {

		List<R> read(LdapContext context, List<T> items) throws NamingException;

	}

}
