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

package io.github.ldapkv.internal.text;

/**
 * The name of an attribute with its options (RFC 4512, section 2.5), and what is known by
 * it.
 *
 * @param name the description as spelled
 * @param key what all its spellings share
 * @param binary whether its values are bytes, also where they might be text
 * @param secret whether its values must not be shown, which its name does not tell
 * @param hasOptions whether there is more than a type
 */
public record AttributeDescription(String name, String key, boolean binary, boolean secret, boolean hasOptions) {

	public AttributeDescription(String name, String key, boolean binary, boolean secret) {
		this(name, key, binary, secret, name.indexOf(';') >= 0);
	}

	/**
	 * A description of which nothing is known but how it is spelled.
	 */
	public static AttributeDescription of(String name) {
		return new AttributeDescription(name, AttributeNames.key(name), false, false);
	}

	/**
	 * The same attribute by another of its names.
	 */
	AttributeDescription named(String other) {
		return new AttributeDescription(other, AttributeNames.key(other), this.binary, this.secret);
	}

	/**
	 * Whether there are other spellings than those that differ in case.
	 */
	boolean hasSeveralOptions() {
		return this.hasOptions && this.name.indexOf(';') != this.name.lastIndexOf(';');
	}

}
