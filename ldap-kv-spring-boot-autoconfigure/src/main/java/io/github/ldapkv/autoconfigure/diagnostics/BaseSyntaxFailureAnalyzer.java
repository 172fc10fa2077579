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

package io.github.ldapkv.autoconfigure.diagnostics;

import io.github.ldapkv.autoconfigure.internal.BaseSyntax;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import org.springframework.ldap.InvalidNameException;

/**
 * Explains why an application does not start whose {@code spring.ldap.base} is no DN,
 * such as a path, as keys are, where Boot takes a DN only.
 */
final class BaseSyntaxFailureAnalyzer extends AbstractFailureAnalyzer<InvalidNameException> {

	private final String base;

	BaseSyntaxFailureAnalyzer(Environment environment) {
		this.base = ConfiguredDirectory.property(environment, "spring.ldap.base");
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, InvalidNameException cause) {
		BaseSyntax.Mistake mistake = BaseSyntax.mistake(this.base);
		return (mistake != null)
				? new FailureAnalysis("'spring.ldap.base' is '" + this.base + "', which " + mistake.what() + ".",
						mistake.remedy(), cause)
				: null;
	}

}
