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

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TcpProxy;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transactions that move amounts between accounts: whoever looks, whenever, and even if
 * the server is killed meanwhile, finds the same sum.
 */
@Timeout(240)
class TransactionRaceTests {

	private static final int OPERATIONS = 10_000;

	private static final int ACCOUNTS = 64;

	private static final int AMOUNT = 100;

	private OpenLdapContainer server;

	private TcpProxy proxy;

	private LdapKeyValueTemplate store;

	private LdapKeyValueTemplate reader;

	private final LdapKey accounts = LdapKey.of("/" + TestDirectory.SUFFIX).child("ou", "Accounts");

	private final AtomicInteger done = new AtomicInteger();

	private final AtomicInteger conflicts = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private void start(boolean sync) {
		this.server = new OpenLdapContainer().withEnv("LDAP_NOSYNC", String.valueOf(!sync))
			.withEnv("LDAP_LOG_LEVEL", "0");
		this.server.start();
		this.proxy = new TcpProxy(this.server.host(), this.server.port());
		this.store = store(Race.THREADS);
		this.reader = store(1);
		this.store.put(this.accounts, Map.of("objectClass", "organizationalUnit"));
		for (int i = 0; i < ACCOUNTS; i++) {
			this.store.put(account(i),
					Map.of("objectClass", "inetOrgPerson", "cn", "x", "sn", "x", "employeeNumber", AMOUNT));
		}
	}

	private LdapKeyValueTemplate store(int connections) {
		return new LdapKeyValueTemplate(this.server.poolAt(this.proxy.url()).maxSize(connections).build());
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.reader.close();
		this.proxy.close();
		this.server.stop();
	}

	@Test
	void theSumIsTheSameAtEveryInstant() throws Exception {
		start(false);
		AtomicBoolean over = new AtomicBoolean();
		AtomicInteger looks = new AtomicInteger();
		Thread observer = observer(over, looks);
		Race.run((thread) -> {
			for (int i = 0; i < OPERATIONS / Race.THREADS; i++) {
				transfer();
			}
		});
		over.set(true);
		observer.join();
		assertThat(this.done.get() + this.conflicts.get()).isEqualTo(OPERATIONS);
		assertThat(this.done).hasValueGreaterThan(OPERATIONS / 4);
		assertThat(looks).as("times the observer looked, all with the same sum").hasValueGreaterThan(50);
		assertThat(sum()).isEqualTo(ACCOUNTS * AMOUNT);
		System.out.println("| transfers | " + this.done + " done, " + this.conflicts + " conflicts, " + looks
				+ " looks at the sum |");
	}

	/**
	 * A read of all accounts in one search is one moment of the directory.
	 */
	private Thread observer(AtomicBoolean over, AtomicInteger looks) {
		Thread observer = new Thread(() -> {
			while (!over.get()) {
				if (sum() != ACCOUNTS * AMOUNT) {
					looks.set(Integer.MIN_VALUE);
					return;
				}
				looks.incrementAndGet();
			}
		});
		observer.start();
		return observer;
	}

	@Test
	void theSumSurvivesTheDeathOfTheServer() throws Exception {
		start(true);
		for (int death = 0; death < 3; death++) {
			int before = this.done.get();
			Thread killer = new Thread(() -> {
				while (this.done.get() < before + 100) {
					Thread.onSpinWait();
				}
				this.server.kill();
				this.proxy.target(this.server.host(), this.server.port());
			});
			killer.start();
			AtomicBoolean over = new AtomicBoolean();
			Thread end = new Thread(() -> {
				join(killer);
				over.set(true);
			});
			end.start();
			Race.run((thread) -> {
				while (!over.get()) {
					try {
						transfer();
					}
					catch (DataAccessResourceFailureException ex) {
						this.failures.incrementAndGet();
						Thread.sleep(5);
					}
				}
			});
			end.join();
			assertThat(sum()).isEqualTo(ACCOUNTS * AMOUNT);
		}
		assertThat(this.failures).hasPositiveValue();
		System.out.println("| transfers with 3 kills | " + this.done + " done, " + this.conflicts + " conflicts, "
				+ this.failures + " failures |");
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void transfer() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int first = random.nextInt(ACCOUNTS);
		LdapKey from = account(first);
		LdapKey to = account((first + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS);
		LdapEntry source = this.store.getEntry(from).orElseThrow();
		LdapEntry target = this.store.getEntry(to).orElseThrow();
		int amount = random.nextInt(10);
		try {
			this.store.atomically((tx) -> {
				tx.ifUnchanged(from, source.version());
				tx.ifUnchanged(to, target.version());
				tx.put(from, Map.of("employeeNumber", number(source) - amount));
				tx.put(to, Map.of("employeeNumber", number(target) + amount));
			});
			this.done.incrementAndGet();
		}
		catch (OptimisticLockingFailureException ex) {
			this.conflicts.incrementAndGet();
		}
	}

	private int sum() {
		return this.reader.query(this.accounts + "/*").stream().mapToInt(TransactionRaceTests::number).sum();
	}

	private static int number(LdapEntry entry) {
		return Integer.parseInt(entry.value().text("employeeNumber").orElseThrow());
	}

	private LdapKey account(int number) {
		return this.accounts.child("uid", String.valueOf(number));
	}

}
