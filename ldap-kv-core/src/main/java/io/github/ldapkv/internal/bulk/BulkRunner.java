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

package io.github.ldapkv.internal.bulk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs tasks, each as soon as it waits for nothing more, on threads that end with the
 * call. The caller's own thread hands them out and hears of each that is over.
 */
public final class BulkRunner {

	/**
	 * For a store whose number of connections is not known.
	 */
	private static final int DEFAULT_PARALLELISM = 4;

	private final int parallelism;

	private final String threads;

	private volatile boolean stopped;

	private boolean interrupted;

	/**
	 * Creates a runner, for one run.
	 * @param parallelism the most tasks at a time
	 * @param store the store whose name the threads have; {@code null} if nothing is
	 * known of it
	 */
	public BulkRunner(int parallelism, @Nullable DirectStore store) {
		this.parallelism = parallelism;
		this.threads = ((store != null) ? store.threads() : "ldapkv") + "-bulk-";
	}

	/**
	 * How many tasks at a time are good for a store.
	 * @param store the store; {@code null} if nothing is known of it
	 */
	public static int parallelism(@Nullable DirectStore store) {
		return (store != null) ? store.parallelism() : DEFAULT_PARALLELISM;
	}

	/**
	 * Refuses a number of tasks at a time.
	 */
	public static int checked(int parallelism) {
		if (parallelism < 1) {
			throw new IllegalArgumentException("The parallelism is " + parallelism + ", less than 1");
		}
		return parallelism;
	}

	/**
	 * Runs the tasks, all of them unless the caller is interrupted. Then those under way
	 * are interrupted too, and the others are not begun.
	 * @param listener told of each task that is over, in the caller's thread; if it
	 * throws, no task is begun any more
	 */
	public void run(List<BulkTask> tasks, Consumer<BulkTask> listener) {
		int threads = isInTransaction() ? 1 : Math.min(this.parallelism, tasks.size());
		if (threads <= 1) {
			runHere(tasks, listener);
		}
		else {
			runOnThreads(threads, tasks, listener);
		}
	}

	/**
	 * A Spring transaction keeps its writes by the caller's thread.
	 */
	private static boolean isInTransaction() {
		return TransactionSynchronizationManager.getResourceMap()
			.values()
			.stream()
			.anyMatch(ThreadBound.class::isInstance);
	}

	private static void runHere(List<BulkTask> tasks, Consumer<BulkTask> listener) {
		Deque<BulkTask> ready = new ArrayDeque<>(ready(tasks));
		while (!ready.isEmpty()) {
			BulkTask task = ready.remove();
			task.run(Thread.currentThread().isInterrupted());
			ready.addAll(over(task, listener));
		}
	}

	private void runOnThreads(int threads, List<BulkTask> tasks, Consumer<BulkTask> listener) {
		List<Thread> workers = new ArrayList<>();
		BlockingQueue<BulkTask> over = new LinkedBlockingQueue<>();
		ThreadPoolExecutor executor = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (work) -> worker(work, workers));
		Consumer<BulkTask> start = (task) -> executor.execute(() -> {
			task.run(this.stopped);
			over.add(task);
		});
		try {
			ready(tasks).forEach(start);
			for (int i = 0; i < tasks.size(); i++) {
				over(take(over, workers), listener).forEach(start);
			}
		}
		finally {
			this.stopped = true;
			executor.shutdown();
			for (Thread worker : List.copyOf(workers)) {
				join(worker, workers);
			}
			if (this.interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private Thread worker(Runnable work, List<Thread> workers) {
		Thread worker = new Thread(work, this.threads + (workers.size() + 1));
		worker.setDaemon(true);
		workers.add(worker);
		return worker;
	}

	private static List<BulkTask> ready(List<BulkTask> tasks) {
		return tasks.stream().filter(BulkTask::isReady).toList();
	}

	private static List<BulkTask> over(BulkTask task, Consumer<BulkTask> listener) {
		Error error = task.error();
		if (error != null) {
			throw error;
		}
		List<BulkTask> ready = task.release();
		listener.accept(task);
		return ready;
	}

	private BulkTask take(BlockingQueue<BulkTask> over, List<Thread> workers) {
		while (true) {
			try {
				return over.take();
			}
			catch (InterruptedException ex) {
				stop(workers);
			}
		}
	}

	private void join(Thread worker, List<Thread> workers) {
		while (true) {
			try {
				worker.join();
				return;
			}
			catch (InterruptedException ex) {
				stop(workers);
			}
		}
	}

	private void stop(List<Thread> workers) {
		this.stopped = true;
		this.interrupted = true;
		workers.forEach(Thread::interrupt);
	}

}
