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

package io.github.ldapkv.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.github.ldapkv.internal.wire.EarlierRefusal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class BindGateTests {

	private static final BindRequest OLD = new SimpleBindRequest("cn=app,dc=test", "old");

	private static final BindRequest NEW = new SimpleBindRequest("cn=app,dc=test", "new");

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);

	private final AtomicInteger offers = new AtomicInteger();

	private final BindGate gate = new BindGate("pool", this.now::get, TimeUnit.SECONDS.toNanos(10));

	private void refuse() throws LDAPException {
		this.offers.incrementAndGet();
		throw new LDAPException(ResultCode.INVALID_CREDENTIALS, "no");
	}

	private void assertRefused(BindRequest request) {
		int before = this.offers.get();
		assertThatNoException().isThrownBy(() -> this.gate.check(request));
		assertThatExceptionOfType(LDAPException.class).isThrownBy(() -> this.gate.bind(request, this::refuse))
			.isNotInstanceOf(EarlierRefusal.class);
		assertThat(this.offers).hasValue(before + 1);
	}

	private void assertNotOffered(BindRequest request) {
		int before = this.offers.get();
		assertThatExceptionOfType(EarlierRefusal.class).isThrownBy(() -> this.gate.check(request))
			.satisfies((ex) -> assertThat(ex.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS));
		assertThatExceptionOfType(EarlierRefusal.class).isThrownBy(() -> this.gate.bind(request, this::refuse));
		assertThat(this.offers).hasValue(before);
	}

	@Test
	void whatIsRefusedIsOfferedLessAndLessOften() {
		assertRefused(OLD);
		for (long pause : new long[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 }) {
			assertNotOffered(OLD);
			this.now.addAndGet(Duration.ofSeconds(pause).toNanos() - 1);
			assertNotOffered(OLD);
			this.now.incrementAndGet();
			assertRefused(OLD);
		}
	}

	@Test
	void anEarlierRefusalSaysHowOldItIs() {
		assertRefused(OLD);
		this.now.addAndGet(Duration.ofMillis(300).toNanos());
		assertThatExceptionOfType(EarlierRefusal.class).isThrownBy(() -> this.gate.check(OLD)).satisfies((ex) -> {
			assertThat(ex.age()).isEqualTo(Duration.ofMillis(300));
			assertThat(ex.pause()).isEqualTo(Duration.ofMillis(700));
		});
	}

	@Test
	void anotherPasswordIsOfferedAtOnce() throws LDAPException {
		assertRefused(OLD);
		assertNotOffered(OLD);
		assertRefused(NEW);
		assertNotOffered(NEW);
		this.gate.bind(OLD, () -> {
		});
		assertThatNoException().isThrownBy(() -> this.gate.check(NEW));
	}

	@Test
	void otherFailuresCloseNothing() {
		assertThatExceptionOfType(LDAPException.class).isThrownBy(() -> this.gate.bind(OLD, () -> {
			throw new LDAPException(ResultCode.BUSY);
		}));
		assertThatNoException().isThrownBy(() -> this.gate.check(OLD));
	}

	/**
	 * As 389 Directory Server says of an account that is locked (19) or disabled (53).
	 */
	@Test
	void whatIsRefusedForAnotherReasonIsNotOfferedByEachCallEither() {
		for (ResultCode code : List.of(ResultCode.CONSTRAINT_VIOLATION, ResultCode.UNWILLING_TO_PERFORM,
				ResultCode.STRONG_AUTH_REQUIRED, ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
			BindRequest request = new SimpleBindRequest("cn=" + code.intValue(), "old");
			assertThatExceptionOfType(LDAPException.class).isThrownBy(() -> this.gate.bind(request, () -> {
				throw new LDAPException(code, "no");
			}));
			assertThatExceptionOfType(EarlierRefusal.class).isThrownBy(() -> this.gate.check(request))
				.satisfies((ex) -> assertThat(ex.getResultCode()).isEqualTo(code));
		}
	}

	@Test
	void manyWhoComeAtOnceOfferItOnce() throws Exception {
		offeredByOneOfMany(this::refuse);
	}

	private void offeredByOneOfMany(BindGate.Binding binding) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(20);
		try {
			CountDownLatch ready = new CountDownLatch(20);
			List<Future<?>> callers = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				callers.add(executor.submit(() -> {
					ready.countDown();
					ready.await();
					assertThatExceptionOfType(LDAPException.class).isThrownBy(() -> this.gate.bind(OLD, binding));
					return true;
				}));
			}
			for (Future<?> caller : callers) {
				caller.get(10, TimeUnit.SECONDS);
			}
			assertThat(this.offers).hasValue(1);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void whatWasAcceptedIsOfferedByManyAtTheSameTime() throws Exception {
		this.gate.bind(OLD, () -> {
		});
		CountDownLatch both = new CountDownLatch(2);
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			List<Future<Boolean>> callers = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				callers.add(executor.submit(() -> {
					this.gate.bind(OLD, () -> {
						both.countDown();
						await(both);
					});
					return true;
				}));
			}
			for (Future<Boolean> caller : callers) {
				assertThat(caller.get(10, TimeUnit.SECONDS)).isTrue();
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static void await(CountDownLatch latch) throws LDAPException {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new LDAPException(ResultCode.USER_CANCELED, ex);
		}
	}

	/**
	 * As when the password was changed, and all connections are opened anew.
	 */
	@Test
	void whatIsRefusedSeveralTimesAtOnceIsOneRefusal() throws Exception {
		this.gate.bind(OLD, () -> {
		});
		CountDownLatch offered = new CountDownLatch(8);
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Future<?>> binds = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				binds.add(executor.submit(() -> assertThatExceptionOfType(LDAPException.class)
					.isThrownBy(() -> this.gate.bind(OLD, () -> {
						offered.countDown();
						await(offered);
						this.now.incrementAndGet();
						refuse();
					}))));
			}
			for (Future<?> bind : binds) {
				bind.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertNotOffered(OLD);
		this.now.addAndGet(Duration.ofSeconds(1).toNanos());
		assertThatNoException().isThrownBy(() -> this.gate.check(OLD));
	}

	/**
	 * Servers lock an account after a few attempts: none of those who open a connection
	 * in the place of a lost one knows that the password was changed.
	 */
	@Test
	void whatWasAcceptedSomeTimeAgoIsOfferedByOneFirst() throws Exception {
		this.gate.bind(OLD, () -> {
		});
		this.now.addAndGet(Duration.ofMinutes(1).toNanos());
		offeredByOneOfMany(() -> {
			// So that the others come meanwhile.
			LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
			refuse();
		});
	}

	@Test
	void whoComesAfterTheFirstWasAcceptedAgainWaitsForNobody() throws Exception {
		this.gate.bind(OLD, () -> {
		});
		this.now.addAndGet(Duration.ofMinutes(1).toNanos());
		whatWasAcceptedIsOfferedByManyAtTheSameTime();
	}

}
