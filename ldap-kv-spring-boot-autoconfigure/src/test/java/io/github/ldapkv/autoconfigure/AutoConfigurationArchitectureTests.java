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

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The architecture of the auto-configuration.
 */
class AutoConfigurationArchitectureTests {

	private static final String BASE = "io.github.ldapkv.autoconfigure";

	private static final String INTERNAL = BASE + ".internal";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(BASE);

	/**
	 * Which packages of this module each may see, besides itself.
	 */
	private static final Map<String, List<String>> ROOMS = Map.of(INTERNAL, List.of(), BASE, List.of(INTERNAL),
			BASE + ".transaction", List.of(BASE), BASE + ".watch", List.of(BASE, INTERNAL), BASE + ".actuate",
			List.of(BASE, INTERNAL, BASE + ".watch"), BASE + ".diagnostics", List.of(BASE, INTERNAL));

	/**
	 * What users name.
	 */
	private static final Set<String> PUBLIC = Set.of("LdapKeyValueProperties", "LdapKeyValueProperties$Ssl",
			"LdapKeyValueProperties$Observation", "LdapKeyValueProperties$Health", "LdapKeyValueProperties$Server",
			"LdapKeyValuePoolProperties", "LdapKeyValueWatchProperties", "LdapKeyValueTemplateCustomizer",
			"LdapConnectionPoolBuilderCustomizer", "LdapKeyValueAutoConfiguration",
			"transaction.LdapKeyValueTransactionAutoConfiguration", "actuate.LdapKeyValueEndpoint",
			"actuate.LdapKeyValueEndpoint$StoresDescriptor", "actuate.LdapKeyValueEndpoint$StoreDescriptor",
			"actuate.LdapKeyValueEndpoint$ServerDescriptor", "actuate.LdapKeyValueEndpointAutoConfiguration",
			"actuate.LdapKeyValueHealthContributorAutoConfiguration",
			"actuate.LdapKeyValueBootsLdapHealthAutoConfiguration", "actuate.LdapKeyValueMetricsAutoConfiguration",
			"actuate.LdapKeyValueObservationAutoConfiguration", "actuate.LdapKeyValueWatchMetricsAutoConfiguration",
			"watch.LdapListener", "watch.LdapListeners", "watch.LdapWatchRegistry", "watch.LdapWatchAutoConfiguration");

	@Test
	void everyPackageIsARoom() {
		assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
			.containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
	}

	@Test
	void eachRoomSeesOnlyThoseBelowIt() {
		ROOMS.forEach((room, seen) -> noClasses().that()
			.resideInAPackage(room)
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("are in no room that " + room + " may see",
					(type) -> type.getPackageName().startsWith(BASE) && !type.getPackageName().equals(room)
							&& !seen.contains(type.getPackageName())))
			.check(CLASSES));
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().matching("io.github.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void noRoomSeesWhatIsInternalToTheCore() {
		noClasses().should().dependOnClassesThat().resideInAPackage("io.github.ldapkv.internal..").check(CLASSES);
	}

	@Test
	void onlyWhatUsersNameIsPublic() {
		assertThat(CLASSES.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC)
					&& !type.getPackageName().equals(INTERNAL))
			.map((type) -> type.getName().substring(BASE.length() + 1))).containsExactlyInAnyOrderElementsOf(PUBLIC);
	}

}
