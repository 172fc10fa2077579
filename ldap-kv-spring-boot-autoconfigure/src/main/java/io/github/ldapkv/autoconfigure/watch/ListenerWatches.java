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

package io.github.ldapkv.autoconfigure.watch;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ldapkv.autoconfigure.internal.ListenerException;
import io.github.ldapkv.autoconfigure.internal.ListenerFound;
import io.github.ldapkv.watch.WatchState;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * The watches of all listeners. They begin after all else, the web server too, and not
 * with {@code ApplicationReadyEvent}, which a context without a {@code SpringApplication}
 * does not have, nor one that is stopped and started again. They end before all else:
 * nothing new is to come in while the rest ends.
 */
final class ListenerWatches implements LdapWatchRegistry, SmartLifecycle, SmartInitializingSingleton {

	/**
	 * As other listeners have it, 100 before what has none.
	 */
	static final int PHASE = DEFAULT_PHASE - 100;

	private final LdapListenerBeanPostProcessor listeners;

	private final WatchFactory factory;

	private final ApplicationEventPublisher events;

	private final Map<String, ListenerWatch> watches = new ConcurrentHashMap<>();

	private volatile boolean running;

	ListenerWatches(LdapListenerBeanPostProcessor listeners, WatchFactory factory, ApplicationEventPublisher events) {
		this.listeners = listeners;
		this.factory = factory;
		this.events = events;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.listeners.tell(this::add);
	}

	private void add(FoundListener found) {
		this.factory.watch(found).ifPresent((watch) -> {
			if (this.watches.putIfAbsent(watch.id(), watch) != null) {
				throw new ListenerException(found.method().toString(),
						"has the id '" + watch.id() + "', which another listener has as well",
						"Give each @LdapListener an id of its own.");
			}
			this.events.publishEvent(new ListenerFound(watch.id()));
			if (this.running && watch.isAutoStartup()) {
				watch.start();
			}
		});
	}

	@Override
	public Set<String> ids() {
		return Collections.unmodifiableSet(new TreeSet<>(this.watches.keySet()));
	}

	@Override
	public String store(String id) {
		return watch(id).store();
	}

	@Override
	public Optional<WatchState> state(String id) {
		return watch(id).state();
	}

	@Override
	public void start(String id) {
		watch(id).start();
	}

	@Override
	public void stop(String id) {
		watch(id).stop();
	}

	private ListenerWatch watch(String id) {
		Assert.notNull(id, "The id is null");
		ListenerWatch watch = this.watches.get(id);
		Assert.notNull(watch, () -> "There is no listener '" + id + "', but " + ids());
		return watch;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void start() {
		this.running = true;
		this.watches.values().stream().filter(ListenerWatch::isAutoStartup).forEach(ListenerWatch::start);
	}

	@Override
	public void stop() {
		CountDownLatch ended = new CountDownLatch(1);
		stop(ended::countDown);
		try {
			ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Ends all at the same time. How long a listener may go on is up to whoever calls:
	 * {@code spring.lifecycle.timeout-per-shutdown-phase}.
	 */
	@Override
	public void stop(Runnable callback) {
		this.running = false;
		Collection<ListenerWatch> open = List.copyOf(this.watches.values());
		AtomicInteger left = new AtomicInteger(open.size());
		if (open.isEmpty()) {
			callback.run();
		}
		open.forEach((watch) -> {
			Thread thread = new Thread(() -> {
				watch.stop();
				if (left.decrementAndGet() == 0) {
					callback.run();
				}
			}, "ldapkv-watch-stop");
			thread.setDaemon(true);
			thread.start();
		});
	}

}
