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

package io.github.ldapkv.autoconfigure.internal;

/**
 * Thrown for a listener that cannot be told anything, with what to do about it.
 */
public final class ListenerException extends RuntimeException {

	private static final long serialVersionUID = 1;

	private final String remedy;

	public ListenerException(String listener, String reason, String remedy) {
		super("The listener " + listener + " " + reason);
		this.remedy = remedy;
	}

	public String remedy() {
		return this.remedy;
	}

}
