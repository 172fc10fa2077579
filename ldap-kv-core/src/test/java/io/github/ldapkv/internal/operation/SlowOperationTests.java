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

package io.github.ldapkv.internal.operation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.ldapkv.KeyQuery;
import io.github.ldapkv.LdapEntry;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTemplateBuilder;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The log of slow operations.
 */
class SlowOperationTests {

	private static final Duration ALWAYS = Duration.ofNanos(1);

	private static final Duration NEVER = Duration.ofHours(1);

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.ldapkv.slow");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void start() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void anOperationThatTakesTooLongIsAWarning() {
		try (LdapKeyValueTemplate store = builder().slowOperationThreshold(ALWAYS).build()) {
			store.contains("/ou=Slow");
		}
		assertThat(this.log.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage())
				.matches("Slow operation of people: contains took \\d+ ms \\(success\\)");
		});
	}

	@Test
	void theKeyIsShownIfThatIsWanted() {
		try (LdapKeyValueTemplate store = builder().slowOperationThreshold(ALWAYS).observeKeys(true).build()) {
			store.contains("/ou=Slow");
		}
		assertThat(messages()).singleElement().asString().contains("contains of '/ou=Slow' took");
	}

	@Test
	void aFailureThatTakesTooLongIsLoggedAsWell() {
		try (LdapKeyValueTemplate store = builder().slowOperationThreshold(ALWAYS).build()) {
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> store.put("/ou=None/ou=Slow", Map.of("objectClass", "organizationalUnit")));
		}
		assertThat(messages()).singleElement().asString().contains("put took").contains("DataIntegrityViolation");
	}

	@Test
	void theTimeThatAStreamsReaderTakesDoesNotCount() {
		Duration pause = Duration.ofSeconds(2);
		try (LdapKeyValueTemplate store = builder().slowOperationThreshold(pause).build()) {
			store.put("/ou=Slow", Map.of("objectClass", "organizationalUnit"));
			try (Stream<LdapEntry> entries = store.stream(KeyQuery.of("/ou=Slow"))) {
				entries.forEach((entry) -> LockSupport.parkNanos(pause.toNanos()));
			}
			store.delete("/ou=Slow");
		}
		assertThat(messages()).isEmpty();
	}

	@Test
	void anOperationThatIsFastEnoughIsNotLogged() {
		try (LdapKeyValueTemplate fast = builder().slowOperationThreshold(NEVER).build();
				LdapKeyValueTemplate unwatched = builder().build()) {
			fast.contains("/ou=Slow");
			unwatched.contains("/ou=Slow");
		}
		assertThat(messages()).isEmpty();
	}

	@Test
	void aThresholdThatIsNotPositiveIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> builder().slowOperationThreshold(Duration.ZERO))
			.withMessageContaining("not a positive time");
	}

	private List<String> messages() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	private static LdapKeyValueTemplateBuilder builder() {
		return LdapKeyValueTemplate.builder(EmbeddedDirectory.shared().pool().base(TestDirectory.SUFFIX).build())
			.name("people");
	}

}
