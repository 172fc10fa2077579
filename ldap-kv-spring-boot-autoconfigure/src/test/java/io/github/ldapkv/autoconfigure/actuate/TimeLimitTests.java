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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link TimeLimit}.
 */
@Timeout(60)
class TimeLimitTests {

	private static final int CALLERS = 8;

	private final AtomicInteger begun = new AtomicInteger();

	private final CountDownLatch end = new CountDownLatch(1);

	private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

	@AfterEach
	void stop() {
		this.end.countDown();
		this.callers.shutdownNow();
	}

	@Test
	void callersAtTheSameTimeShareAnAnswer() throws Exception {
		TimeLimit<String> limit = limit(Duration.ofSeconds(30), this::await);
		List<Future<String>> answers = askAtTheSameTime(limit);
		this.end.countDown();
		for (Future<String> answer : answers) {
			assertThat(answer.get()).isEqualTo("answer");
		}
		assertThat(this.begun).hasValue(1);
		assertThat(limit.ask()).isEqualTo("answer");
		assertThat(this.begun).hasValue(2);
	}

	@Test
	void callersAtTheSameTimeDoNotWaitForEachOther() throws Exception {
		TimeLimit<String> limit = limit(Duration.ofSeconds(2), this::await);
		Instant start = Instant.now();
		for (Future<String> answer : askAtTheSameTime(limit)) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(answer::get)
				.withCauseInstanceOf(QueryTimeoutException.class)
				.withMessageContaining("no answer within 2000 ms");
		}
		assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(CALLERS));
		assertThat(this.begun).hasValue(1);
	}

	@Test
	void whileACallGoesOnInSpiteOfItsInterruptNoOtherIsBegun() throws Exception {
		TimeLimit<String> limit = limit(Duration.ofMillis(50), this::awaitStubbornly);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(limit::ask);
		}
		assertThat(this.begun).hasValue(1);
	}

	@Test
	void aCallThatMayGoOnIsThatOfThoseWhoAskAgain() throws Exception {
		TimeLimit<String> limit = new TimeLimit<>("asker", Duration.ofMillis(50), Duration.ofMinutes(1), this::await);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(limit::ask);
		}
		TimeLimit<String>.Asked question = limit.begin();
		this.end.countDown();
		assertThat(question.await()).isEqualTo("answer");
		assertThat(this.begun).hasValue(1);
	}

	@Test
	void aCallThatMayGoOnIsInterruptedInTheEnd() {
		TimeLimit<String> limit = new TimeLimit<>("asker", Duration.ofMillis(50), Duration.ofMillis(200), this::await);
		while (this.begun.get() < 2) {
			assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(limit::ask);
		}
	}

	@Test
	void twoQuestionsTakeNoLongerThanOne() {
		TimeLimit<String> first = limit(Duration.ofSeconds(2), this::await);
		TimeLimit<String> second = limit(Duration.ofSeconds(2), this::await);
		Instant start = Instant.now();
		List.of(first.begin(), second.begin())
			.forEach((question) -> assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(question::await));
		assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
	}

	@Test
	void theThreadHasTheNameOfTheQuestion() throws Exception {
		assertThat(limit(Duration.ofSeconds(30), () -> Thread.currentThread().getName()).ask()).isEqualTo("asker");
	}

	@Test
	void afterACallThatWasInterruptedAnotherIsBegun() throws Exception {
		TimeLimit<String> limit = limit(Duration.ofSeconds(1), this::await);
		assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(limit::ask);
		this.end.countDown();
		String answer = null;
		while (answer == null) {
			try {
				answer = limit.ask();
			}
			catch (QueryTimeoutException ex) {
				// The call before is about to end.
			}
		}
		assertThat(this.begun).hasValue(2);
	}

	@Test
	void aFailureIsThatOfTheCall() {
		IllegalStateException failure = new IllegalStateException("stop");
		TimeLimit<String> limit = limit(Duration.ofSeconds(30), () -> {
			throw failure;
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(limit::ask).isSameAs(failure);
	}

	@Test
	void aCallerThatIsInterruptedDoesNotEndTheCallOfTheOthers() throws Exception {
		TimeLimit<String> limit = limit(Duration.ofSeconds(30), this::await);
		List<Future<String>> answers = askAtTheSameTime(limit);
		answers.get(0).cancel(true);
		this.end.countDown();
		assertThat(answers.get(1).get()).isEqualTo("answer");
		assertThat(this.begun).hasValue(1);
	}

	private static TimeLimit<String> limit(Duration time, Callable<String> question) {
		return new TimeLimit<>("asker", time, Duration.ZERO, question);
	}

	/**
	 * Returns when all are waiting.
	 */
	private List<Future<String>> askAtTheSameTime(TimeLimit<String> limit) throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		List<Future<String>> answers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			Callable<String> call = () -> {
				synchronized (threads) {
					threads.add(Thread.currentThread());
				}
				return limit.ask();
			};
			answers.add(this.callers.submit(call));
		}
		while (!allWait(threads)) {
			Thread.sleep(1);
		}
		return answers;
	}

	private static boolean allWait(List<Thread> threads) {
		synchronized (threads) {
			return threads.size() == CALLERS
					&& threads.stream().allMatch((thread) -> thread.getState() == Thread.State.TIMED_WAITING);
		}
	}

	private String await() throws InterruptedException {
		this.begun.incrementAndGet();
		this.end.await();
		return "answer";
	}

	private String awaitStubbornly() {
		this.begun.incrementAndGet();
		while (true) {
			try {
				this.end.await();
				return "answer";
			}
			catch (InterruptedException ex) {
				// It goes on.
			}
		}
	}

}
