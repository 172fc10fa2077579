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

package io.github.ldapkv.contract;

import java.nio.file.Path;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code docs/compatibility.md} at the end of a run that was asked for it.
 */
public final class CompatibilityListener implements TestExecutionListener {

	private static final String FILE = "ldapkv.compatibility";

	@Override
	public void testPlanExecutionFinished(TestPlan testPlan) {
		String file = System.getProperty(FILE);
		if (file != null && !LawRecorder.recordings().isEmpty()) {
			CompatibilityTable.write(Path.of(file));
		}
	}

}
