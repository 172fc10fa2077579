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

package io.github.ldapkv.internal.reading;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The attribute in which a server keeps the version of an entry: it is read along with
 * the others, and shown as the version only, unless it is asked for as an attribute too.
 */
public final class VersionAttribute {

	private static final String ALL_USER_ATTRIBUTES = "*";

	private static final String ALL_OPERATIONAL_ATTRIBUTES = "+";

	private VersionAttribute() {
	}

	/**
	 * The attributes asked for, and the version.
	 * @param attributes the attributes; {@code null} for all user attributes
	 */
	public static @Nullable List<String> with(@Nullable List<String> attributes, @Nullable String versionAttribute) {
		if (versionAttribute == null
				|| attributes != null && attributes.stream().anyMatch(versionAttribute::equalsIgnoreCase)) {
			return attributes;
		}
		List<String> more = new ArrayList<>((attributes != null) ? attributes : List.of(ALL_USER_ATTRIBUTES));
		more.add(versionAttribute);
		return more;
	}

	/**
	 * Whether the version is asked for as an attribute.
	 * @param attributes the attributes asked for; {@code null} for all user attributes
	 */
	public static boolean isAmong(@Nullable List<String> attributes, @Nullable String versionAttribute) {
		if (attributes != null && versionAttribute != null) {
			for (String name : attributes) {
				if (name.equalsIgnoreCase(versionAttribute) || name.equals(ALL_OPERATIONAL_ATTRIBUTES)) {
					return true;
				}
			}
		}
		return false;
	}

}
