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

package io.github.ldapkv.benchmark;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionsTests {

	@Test
	void onlyAFullRunWritesThePageByItself() {
		assertThat(Options.parse(List.of()).docs()).isNull();
		assertThat(Options.parse(List.of("--full")).docs()).isEqualTo(Path.of("docs"));
		assertThat(Options.parse(List.of("--full", "--only", "get")).docs()).isNull();
	}

	@Test
	void theStoreAloneIsProfiledInOneCase() {
		Options options = Options.parse(List.of("--only", "query", "--profile", "query.jfr"));
		assertThat(options.profile()).isEqualTo(Path.of("query.jfr"));
		assertThat(options.plan().cases()).singleElement()
			.satisfies((measured) -> assertThat(measured.peers()).containsExactly(PeerKind.STORE))
			.satisfies((measured) -> assertThat(measured.verb()).isEqualTo(Verb.QUERY));
		assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(List.of("--profile", "query.jfr")))
			.withMessageContaining("--only");
	}

}
