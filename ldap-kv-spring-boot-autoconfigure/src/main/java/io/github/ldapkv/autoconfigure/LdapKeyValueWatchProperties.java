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

package io.github.ldapkv.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the watches of listeners.
 */
public class LdapKeyValueWatchProperties {

	/**
	 * Whether watches begin when the application has started, unless their listener says
	 * something else.
	 */
	private boolean autoStartup = true;

	/**
	 * How often all that is watched is listed, where the server does not tell of changes.
	 * By default it is 30 seconds, and a second where the directory is embedded.
	 */
	private @Nullable Duration pollInterval;

	/**
	 * How often all that is watched is compared although the server tells of changes,
	 * since it may not tell all.
	 */
	private Duration compareInterval = Duration.ofMinutes(1);

	/**
	 * How long a server may be silent that does not answer any more, until a watch gives
	 * it up.
	 */
	private Duration keepAlive = Duration.ofSeconds(30);

	/**
	 * How often a change is told at most to a listener that throws.
	 */
	private int attempts = 10;

	/**
	 * Directory of files, one a listener, by which watches go on after a restart. By
	 * default they begin anew.
	 */
	private @Nullable Path checkpointDirectory;

	/**
	 * How often these files are written while there is something new.
	 */
	private Duration checkpointInterval = Duration.ofSeconds(10);

	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	public @Nullable Duration getPollInterval() {
		return this.pollInterval;
	}

	public void setPollInterval(@Nullable Duration pollInterval) {
		this.pollInterval = pollInterval;
	}

	public Duration getCompareInterval() {
		return this.compareInterval;
	}

	public void setCompareInterval(Duration compareInterval) {
		this.compareInterval = Given.notNull("compare interval", compareInterval);
	}

	public Duration getKeepAlive() {
		return this.keepAlive;
	}

	public void setKeepAlive(Duration keepAlive) {
		this.keepAlive = Given.notNull("keep-alive", keepAlive);
	}

	public int getAttempts() {
		return this.attempts;
	}

	public void setAttempts(int attempts) {
		this.attempts = attempts;
	}

	public @Nullable Path getCheckpointDirectory() {
		return this.checkpointDirectory;
	}

	public void setCheckpointDirectory(@Nullable Path checkpointDirectory) {
		this.checkpointDirectory = checkpointDirectory;
	}

	public Duration getCheckpointInterval() {
		return this.checkpointInterval;
	}

	public void setCheckpointInterval(Duration checkpointInterval) {
		this.checkpointInterval = Given.notNull("checkpoint interval", checkpointInterval);
	}

}
