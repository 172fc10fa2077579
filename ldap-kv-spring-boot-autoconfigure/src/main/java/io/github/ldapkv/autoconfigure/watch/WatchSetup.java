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

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.autoconfigure.LdapKeyValueWatchProperties;
import io.github.ldapkv.watch.LdapWatchBuilder;
import io.github.ldapkv.watch.WatchErrorHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Sets up watches as the properties say.
 */
final class WatchSetup {

	/**
	 * How often an embedded directory is listed: it tells nobody of changes, and to list
	 * it costs nothing.
	 */
	private static final Duration EMBEDDED = Duration.ofSeconds(1);

	private final LdapKeyValueWatchProperties properties;

	private final @Nullable WatchErrorHandler errors;

	private final EmbeddedServers embedded;

	private final Environment environment;

	/**
	 * Creates what sets up watches.
	 * @param errors the application's own; {@code null} if it has none
	 */
	WatchSetup(LdapKeyValueWatchProperties properties, @Nullable WatchErrorHandler errors, EmbeddedServers embedded,
			Environment environment) {
		this.properties = properties;
		this.errors = errors;
		this.embedded = embedded;
		this.environment = environment;
	}

	boolean isAutoStartup() {
		return this.properties.isAutoStartup();
	}

	void apply(LdapWatchBuilder builder, String id, LdapKeyValueOperations store) {
		Duration poll = this.properties.getPollInterval();
		if (poll != null) {
			configure("poll-interval", poll, builder::pollInterval);
		}
		else if (this.embedded.have(store)) {
			builder.pollInterval(EMBEDDED);
		}
		configure("compare-interval", this.properties.getCompareInterval(), builder::compareInterval);
		configure("keep-alive", this.properties.getKeepAlive(), builder::keepAlive);
		configure("checkpoint-interval", this.properties.getCheckpointInterval(), builder::checkpointInterval);
		configure("attempts", this.properties.getAttempts(), (attempts) -> builder
			.errorHandler((this.errors != null) ? this.errors : WatchErrorHandler.retrying(attempts)));
		Path directory = this.properties.getCheckpointDirectory();
		if (directory != null) {
			builder.checkpoint(checkpoint(directory, id));
		}
		if (Threading.VIRTUAL.isActive(this.environment)) {
			builder.threads(new VirtualThreadTaskExecutor("ldapkv-watch-").getVirtualThreadFactory());
		}
	}

	/**
	 * A file that has the id in its name, whatever is in that.
	 */
	private static Path checkpoint(Path directory, String id) {
		try {
			Files.createDirectories(directory);
		}
		catch (IOException ex) {
			throw new InvalidConfigurationPropertyValueException("ldapkv.watch.checkpoint-directory", directory,
					"It is not there, and cannot be made: " + ex);
		}
		return directory.resolve(URLEncoder.encode(id, StandardCharsets.UTF_8) + ".checkpoint");
	}

	private static <T> void configure(String name, T value, Consumer<T> setting) {
		try {
			setting.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("ldapkv.watch." + name, value, ex.getMessage());
		}
	}

}
