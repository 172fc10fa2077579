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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A server whose requests are read on their way to it, since its log does not tell them.
 *
 * @param <S> the type of the container
 */
public abstract class TappedContainer<S extends TappedContainer<S>> extends ServerContainer<S> {

	private @Nullable RequestTap tap;

	/**
	 * Describes a container that is not started yet.
	 * @param server the directory in {@code docker/} that the image is made from
	 */
	protected TappedContainer(String server) {
		super(server);
	}

	@Override
	public String url() {
		return tap().url();
	}

	@Override
	public List<String> requestsDuring(Runnable code) {
		return tap().requestsDuring(code);
	}

	private synchronized RequestTap tap() {
		if (this.tap == null) {
			this.tap = new RequestTap(host(), port());
		}
		return this.tap;
	}

	/**
	 * Starts a container.
	 * @return the same container, running
	 */
	final S started() {
		start();
		return self();
	}

}
