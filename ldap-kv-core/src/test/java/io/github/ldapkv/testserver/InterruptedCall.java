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

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A call in a thread of its own, which something happens to while it waits.
 */
public final class InterruptedCall {

	private final Thread thread;

	private volatile @Nullable Throwable thrown;

	private volatile boolean flag;

	/**
	 * Starts the call.
	 * @param call the call
	 */
	public InterruptedCall(Runnable call) {
		this.thread = new Thread(() -> {
			this.thrown = catchThrowable(call::run);
			this.flag = Thread.currentThread().isInterrupted();
		});
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Lets the call wait for a while, interrupts it, and sees it end.
	 */
	public void interruptAfter(long millis) throws InterruptedException {
		// Nobody outside sees when it waits for the server; too early is interrupted too.
		Thread.sleep(millis);
		assertThat(this.thread.isAlive()).as("the call waits").isTrue();
		this.thread.interrupt();
		awaitEnd();
	}

	/**
	 * Sees the call end at once.
	 */
	public void awaitEnd() throws InterruptedException {
		this.thread.join(2000);
		assertThat(this.thread.isAlive()).as("the call goes on").isFalse();
	}

	/**
	 * What the call threw.
	 */
	public @Nullable Throwable thrown() {
		return this.thrown;
	}

	/**
	 * Whether the thread was interrupted when the call ended.
	 */
	public boolean flag() {
		return this.flag;
	}

}
