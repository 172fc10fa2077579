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

package io.github.ldapkv.watch;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * What watches write to the log.
 */
final class WatchLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.ldapkv.watch");

	private final List<ILoggingEvent> events = new ArrayList<>();

	WatchLog() {
		start();
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(this);
	}

	@Override
	protected synchronized void append(ILoggingEvent event) {
		this.events.add(event);
	}

	synchronized List<String> lines(Level level) {
		return this.events.stream()
			.filter((event) -> event.getLevel().equals(level))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	List<String> warnings() {
		return lines(Level.WARN);
	}

	List<String> infos() {
		return lines(Level.INFO);
	}

	List<String> errors() {
		return lines(Level.ERROR);
	}

	synchronized void forget() {
		this.events.clear();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
		this.logger.setLevel(null);
	}

}
