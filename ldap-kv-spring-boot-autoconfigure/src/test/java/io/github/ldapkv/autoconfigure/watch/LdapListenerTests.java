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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.watch.LdapChange;
import io.github.ldapkv.watch.WatchState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.embedded.EmbeddedLdapAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link LdapListener} in an application with the directory that Boot starts.
 */
class LdapListenerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LdapAutoConfiguration.class, EmbeddedLdapAutoConfiguration.class,
				LdapKeyValueAutoConfiguration.class, LdapWatchAutoConfiguration.class))
		.withPropertyValues("spring.ldap.embedded.base-dn=dc=test,dc=org", "spring.ldap.base=dc=test,dc=org",
				"groups=Groups")
		.withUserConfiguration(Listeners.Tree.class)
		.withBean(Heard.class);

	@Test
	void aChangeArrivesInTheMethodOfABean() {
		this.runner.withUserConfiguration(Listeners.Groups.class).run((context) -> {
			createGroup(context, "a");
			assertThat(heard(context).has("CREATED /ou=Groups/cn=a")).isTrue();
			store(context).delete("/ou=Groups/cn=a");
			assertThat(heard(context).has("DELETED /ou=Groups/cn=a")).isTrue();
		});
	}

	@Test
	void anEntryThatIsAskedForIsOfChangesThatHaveOne() {
		this.runner.withUserConfiguration(Listeners.Entries.class).run((context) -> {
			createGroup(context, "a");
			assertThat(heard(context).has("/ou=Groups/cn=a CREATED /ou=Groups/cn=a")).isTrue();
			store(context).delete("/ou=Groups/cn=a");
			createGroup(context, "b");
			assertThat(heard(context).has("/ou=Groups/cn=b CREATED /ou=Groups/cn=b")).isTrue();
			assertThat(heard(context).isEmpty()).isTrue();
		});
	}

	@Test
	void aMethodMayTakeNothing() {
		this.runner.withUserConfiguration(Listeners.Nothing.class)
			.run((context) -> assertThat(heard(context).has("something")).isTrue());
	}

	@Test
	void aMethodThatListensTwiceHasTwoWatches() {
		this.runner.withUserConfiguration(Listeners.Twice.class)
			.run((context) -> assertThat(registry(context).ids()).containsExactly("twice.changed", "twice.changed-2"));
	}

	@Test
	void whatThrowsIsToldAgain() {
		this.runner.withUserConfiguration(Listeners.Failing.class)
			.run((context) -> assertThat(heard(context).has("again CAUGHT_UP")).isTrue());
	}

	@Test
	void anErrorHandlerOfTheApplicationDecides() {
		this.runner.withUserConfiguration(Listeners.Failing.class, Listeners.Errors.class)
			.run((context) -> assertThat(heard(context).has("refused CAUGHT_UP")).isTrue());
	}

	@Test
	void aWatchIsStoppedAndStartedByItsId() {
		this.runner.withUserConfiguration(Listeners.Groups.class).run((context) -> {
			assertThat(heard(context).has("CAUGHT_UP")).isTrue();
			registry(context).stop("groups");
			assertThat(phase(context, "groups")).isEqualTo(WatchState.Phase.CLOSED);
			registry(context).start("groups");
			assertThat(heard(context).has("CAUGHT_UP")).isTrue();
		});
	}

	@Test
	void aListenerMayStartItsWatchWhileSomebodyElseDoes() {
		CountDownLatch latch = new CountDownLatch(1);
		this.runner.withUserConfiguration(Listeners.Starting.class)
			.withBean(CountDownLatch.class, () -> latch)
			.run((context) -> {
				assertThat(heard(context).has("called")).isTrue();
				LdapWatchRegistry registry = registry(context);
				Thread stops = new Thread(() -> registry.stop("starting"));
				stops.start();
				while (phase(context, "starting") != WatchState.Phase.CLOSED) {
					Thread.onSpinWait();
				}
				Thread starts = new Thread(() -> registry.start("starting"));
				starts.start();
				while (starts.getState() != Thread.State.WAITING && starts.getState() != Thread.State.TIMED_WAITING) {
					Thread.onSpinWait();
				}
				latch.countDown();
				assertThat(heard(context).has("returned")).isTrue();
				starts.join(Duration.ofSeconds(20).toMillis());
				assertThat(starts.isAlive()).isFalse();
				stops.join(Duration.ofSeconds(20).toMillis());
				assertThat(phase(context, "starting")).isNotEqualTo(WatchState.Phase.CLOSED);
			});
	}

	@Test
	void aListenerNamesItsStore() {
		this.runner.withUserConfiguration(Listeners.TwoStores.class).run((context) -> {
			assertThat(registry(context).store("groups")).isEqualTo("groups");
			createGroup(context, "a");
			assertThat(heard(context).has("CREATED /cn=a")).isTrue();
		});
	}

	@Test
	void theEmbeddedDirectoryIsListedEverySecondUnlessThePropertySaysOtherwise() {
		this.runner.withUserConfiguration(Listeners.Groups.class).run((context) -> {
			assertThat(heard(context).has("CAUGHT_UP")).isTrue();
			assertThat(source(context, "groups")).contains("PT1S");
		});
		this.runner.withUserConfiguration(Listeners.Groups.class)
			.withPropertyValues("ldapkv.watch.poll-interval=2h")
			.run((context) -> {
				assertThat(heard(context).has("CAUGHT_UP")).isTrue();
				assertThat(source(context, "groups")).contains("PT2H");
			});
	}

	@Test
	void aWatchThatIsNotToStartDoesNot() {
		this.runner.withUserConfiguration(Listeners.Groups.class)
			.withPropertyValues("ldapkv.watch.auto-startup=false")
			.run((context) -> assertThat(registry(context).state("groups")).isEmpty());
	}

	@Test
	void aListenerSaysWhetherItsWatchStarts() {
		this.runner.withUserConfiguration(Listeners.NotAtOnce.class)
			.withPropertyValues("start=false")
			.run((context) -> assertThat(registry(context).state("notAtOnce.changed")).isEmpty());
	}

	@Test
	void anIdThatIsNotThereIsRefused() {
		this.runner.withUserConfiguration(Listeners.Groups.class).run((context) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> registry(context).start("none"))
				.withMessageContaining("groups");
			assertThatIllegalArgumentException().isThrownBy(() -> registry(context).stop(null));
			assertThatIllegalArgumentException().isThrownBy(() -> registry(context).state(null));
			assertThatIllegalArgumentException().isThrownBy(() -> registry(context).store(null));
		});
	}

	@Test
	void aDirectoryThatIsAwayHindersNoStart() {
		this.runner.withUserConfiguration(Listeners.Groups.class)
			.withPropertyValues("ldapkv.urls=ldap://localhost:1")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aLazyBeanListensFromItsFirstUse() {
		this.runner.withUserConfiguration(Listeners.LazyListener.class).run((context) -> {
			assertThat(registry(context).ids()).isEmpty();
			context.getBean("lazyGroups");
			assertThat(heard(context).has("CAUGHT_UP")).isTrue();
		});
	}

	@Test
	void anApplicationThatIsLazyListens() {
		this.runner.withUserConfiguration(Listeners.Groups.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				context.getBean("entries");
				assertThat(heard(context).has("CAUGHT_UP")).isTrue();
			});
	}

	@Test
	void aBeanWithAScopedProxyListensOnce() {
		this.runner.withUserConfiguration(Listeners.Scoped.class).run((context) -> {
			assertThat(registry(context).ids()).containsExactly("groups");
			assertThat(heard(context).has("CAUGHT_UP")).isTrue();
		});
	}

	/**
	 * Before Java 21 there are none, and Boot's property has no effect.
	 */
	@Test
	void threadsAreVirtualWhereBootsAre() {
		this.runner.withUserConfiguration(Listeners.Threads.class)
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(
					heard(context).has((Runtime.version().feature() >= 21) ? "virtual" : "platform"))
				.isTrue());
	}

	@Test
	void threadsAreThePlatformsByDefault() {
		this.runner.withUserConfiguration(Listeners.Threads.class)
			.run((context) -> assertThat(heard(context).has("platform")).isTrue());
	}

	@Test
	void aCheckpointHasTheNameOfItsListener(@TempDir Path directory) {
		Path made = directory.resolve("made");
		this.runner.withUserConfiguration(Listeners.Groups.class)
			.withPropertyValues("ldapkv.watch.checkpoint-directory=" + made)
			.run((context) -> {
				assertThat(heard(context).has("CAUGHT_UP")).isTrue();
				createGroup(context, "a");
				assertThat(heard(context).has("CREATED /ou=Groups/cn=a")).isTrue();
				registry(context).stop("groups");
				assertThat(Files.list(made)).extracting(Path::getFileName)
					.containsExactly(Path.of("groups.checkpoint"));
			});
	}

	@Test
	void theApplicationEndsWhenTheListenerHasReturned() {
		CountDownLatch called = new CountDownLatch(1);
		this.runner.withUserConfiguration(Listeners.Slow.class)
			.withBean(CountDownLatch.class, () -> called)
			.run((context) -> {
				assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
				Heard heard = heard(context);
				((ConfigurableApplicationContext) context.getSourceApplicationContext()).close();
				assertThat(heard.isEmpty()).isFalse();
			});
	}

	@Test
	void whatListensIsCalledByReflectionInANativeImage() throws NoSuchMethodException {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Listeners.Groups.class,
				Listeners.Twice.class);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Listeners.Groups.class.getDeclaredMethod("changed", LdapChange.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Listeners.Twice.class.getDeclaredMethod("changed", LdapChange.class))).accepts(hints);
	}

	@Test
	void withoutListenersThereAreNoThreads() {
		this.runner.run((context) -> {
			assertThat(registry(context).ids()).isEmpty();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.endsWith("-watch"));
		});
	}

	private static void createGroup(ApplicationContext context, String name) {
		LdapKeyValueOperations store = store(context);
		store.put("/ou=Groups/cn=" + name, Map.of("objectClass", "applicationProcess"));
	}

	private static LdapKeyValueOperations store(ApplicationContext context) {
		return context.getBean(LdapKeyValueOperations.class);
	}

	private static Heard heard(ApplicationContext context) {
		return context.getBean(Heard.class);
	}

	private static LdapWatchRegistry registry(ApplicationContext context) {
		return context.getBean(LdapWatchRegistry.class);
	}

	private static String source(ApplicationContext context, String id) {
		return registry(context).state(id).orElseThrow().source().description();
	}

	private static WatchState.Phase phase(ApplicationContext context, String id) {
		return registry(context).state(id).orElseThrow().phase();
	}

}
