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

package io.github.ldapkv;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javax.naming.Context;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.ldap.core.LdapClient;
import org.springframework.ldap.core.LdapOperations;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The architecture of the core.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.ldapkv");

	private static final String BASE = "io.github.ldapkv";

	private static final List<String> GROUND = List.of("internal.text", "internal.key", "internal.schema");

	private static final Map<String, List<String>> ROOMS = Map.ofEntries(Map.entry("internal.text", List.of()),
			Map.entry("internal.key", List.of("internal.text")),
			Map.entry("internal.schema", List.of("internal.text", "internal.key")),
			Map.entry("internal.search", GROUND), Map.entry("internal.roster", GROUND),
			Map.entry("server", List.of("internal.text")), Map.entry("internal.wire", onGround("server")),
			Map.entry("internal.wire.jndi", onGround("server", "internal.wire")),
			Map.entry("internal.wire.sdk", onGround("server", "internal.wire")),
			Map.entry("pool", onGround("internal.wire", "internal.wire.sdk")), Map.entry("observation", List.of()),
			Map.entry("internal.operation", onGround("server", "internal.wire", "observation")),
			Map.entry("internal.server", onGround("server", "internal.wire", "internal.wire.jndi")),
			// The pool, since a stream has its turn there, and reading, since a watch
			// reads as its store does.
			Map.entry("internal.directory",
					onGround("server", "internal.wire", "internal.wire.jndi", "internal.wire.sdk", "internal.server",
							"internal.operation", "internal.reading", "pool")),
			Map.entry("watch",
					onGround("", "server", "internal.wire", "internal.wire.sdk", "internal.operation",
							"internal.directory", "internal.reading", "internal.search", "internal.roster")),
			Map.entry("internal.bulk", onGround("internal.operation")),
			Map.entry("internal.reading", onGround("server", "internal.wire", "internal.search", "internal.operation")),
			Map.entry("internal.writing",
					onGround("server", "internal.wire", "internal.operation", "internal.reading")),
			Map.entry("ldif", onGround("", "internal.operation", "internal.bulk")));

	/**
	 * What users name.
	 */
	private static final Set<String> PUBLIC = Set.of("LdapKeyValueOperations", "LdapKeyValueTemplate",
			"LdapKeyValueTemplateBuilder", "LdapKey", "LdapValue", "LdapValue$Builder", "LdapEntry", "KeyQuery",
			"pool.LdapConnectionPool", "pool.LdapConnectionPoolBuilder", "UnknownOutcomeException", "Version",
			"LdapPatch", "ConditionalOperations", "LdapTransaction", "server.ServerCapabilities",
			"server.ServerCapabilities$Feature", "LdapKeyValueTransactionManager", "LdapBulk", "LdapBulk$Progress",
			"BulkWriteException", "ldif.LdapLdif", "ldif.LdapLdif$Loaded", "observation.LdapKeyValueObservationContext",
			"observation.LdapKeyValueObservationConvention", "observation.DefaultLdapKeyValueObservationConvention",
			"pool.PoolStatistics", "pool.PoolRole", "pool.RoleState", "pool.ServerState", "pool.ServerCheck",
			"pool.PoolListener", "pool.PoolListener$BindOutcome", "watch.LdapWatch", "watch.LdapWatchBuilder",
			"watch.LdapChange", "watch.LdapChange$Kind", "watch.LdapChangeListener", "watch.WatchErrorHandler",
			"watch.WatchCheckpoint", "watch.WatchCheckpoint$Content", "watch.WatchState", "watch.WatchState$Phase",
			"watch.WatchState$Source", "watch.WatchState$Counts", "pool.CloseReason", "StoreInfo", "StoreInfo$Schema");

	/**
	 * Where else contexts and names of JNDI pass through, since Spring LDAP hands them
	 * over.
	 */
	private static final Set<String> HANDED_CONTEXTS = Set.of(BASE + ".internal.directory.ConnectionCalls$Attempt",
			BASE + ".internal.directory.Lease", BASE + ".internal.server.RootConnection",
			BASE + ".internal.server.RootConnection$WithoutBase", BASE + ".LdapKeyValueTemplateBuilder");

	@Test
	void theClassesAreThere() {
		assertThat(CLASSES).hasSizeGreaterThan(30);
	}

	@Test
	void onlyWhatUsersNameIsPublic() {
		assertThat(CLASSES.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC) && !isInternal(type)))
			.extracting((type) -> type.getName().substring(BASE.length() + 1))
			.containsExactlyInAnyOrderElementsOf(PUBLIC);
	}

	@Test
	void onlyTheWireOnJndiAndThePoolKnowJndi() {
		assertThat(CLASSES.stream().map(JavaClass::getName)).containsAll(HANDED_CONTEXTS);
		noClasses()
			.that(DescribedPredicate.describe("are handed no contexts",
					(type) -> !HANDED_CONTEXTS.contains(type.getName())))
			.and()
			.resideOutsideOfPackages(BASE + ".internal.wire.jndi", BASE + ".pool")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("javax.naming..")
			.check(CLASSES);
	}

	@Test
	void theCoreDoesNotKnowBoot() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.boot..").check(CLASSES);
	}

	/**
	 * Micrometer is optional.
	 */
	@Test
	void onlyWhatIsObservedKnowsMicrometer() {
		noClasses()
			.that(not(named(
					Set.of("LdapKeyValueTemplateBuilder", "ObservingMonitor", "ObservingMonitor$ObservationWatch"))))
			.and()
			.resideOutsideOfPackage(BASE + ".observation")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer..")
			.check(CLASSES);
	}

	/**
	 * Which packages each may see, besides itself. What is not named here is the root,
	 * which may see all.
	 */
	@Test
	void eachPackageIsARoom() {
		assertThat(CLASSES.stream()
			.map((type) -> room(type.getPackageName()))
			.distinct()
			.filter((room) -> !room.isEmpty())).containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
	}

	private static String room(String name) {
		return name.equals(BASE) ? "" : name.substring(BASE.length() + 1);
	}

	@Test
	void eachRoomSeesOnlyThoseBelowIt() {
		ROOMS.forEach((room, seen) -> {
			assertThat(CLASSES.stream().filter((type) -> type.getPackageName().equals(BASE + "." + room))).as(room)
				.isNotEmpty();
			noClasses().that()
				.resideInAPackage(BASE + "." + room)
				.should()
				.dependOnClassesThat(DescribedPredicate.describe("no room that " + room + " may see",
						(type) -> type.getPackageName().startsWith(BASE)
								&& !type.getPackageName().equals(BASE + "." + room)
								&& !seen.contains(room(type.getPackageName()))))
				.check(CLASSES);
		});
	}

	@Test
	void noUserSeesWhatIsInternal() {
		List<String> seen = new ArrayList<>();
		for (JavaClass type : CLASSES) {
			if (type.getModifiers().contains(JavaModifier.PUBLIC) && !isInternal(type)) {
				Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
					.filter(ArchitectureTests::isInternal)
					.forEach((internal) -> seen.add(type.getName() + " is a " + internal.getName()));
				type.getMembers()
					.stream()
					.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC))
					.filter((member) -> involved(member).anyMatch(ArchitectureTests::isInternal))
					.forEach((member) -> seen.add(member.getFullName()));
			}
		}
		assertThat(seen).isEmpty();
	}

	private static Stream<JavaClass> involved(JavaMember member) {
		if (member instanceof JavaCodeUnit unit) {
			return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
				.flatMap((type) -> type.getAllInvolvedRawTypes().stream());
		}
		return ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
	}

	private static List<String> onGround(String... rooms) {
		return Stream.concat(GROUND.stream(), Stream.of(rooms)).toList();
	}

	private static boolean isInternal(JavaClass type) {
		return type.getPackageName().startsWith(BASE + ".internal");
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().matching("io.github.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		for (JavaClass type : CLASSES) {
			JavaPackage owner = type.getPackage();
			assertThat(owner.tryGetAnnotationOfType(NullMarked.class)).as(owner.getName()).isPresent();
		}
	}

	/**
	 * A name that is a String is a composite name to JNDI, or even the URL of another
	 * server.
	 */
	@Test
	void noNameGoesToTheDirectoryAsAString() {
		noClasses().should()
			.callMethodWhere(describe("an LDAP call with a String name",
					(call) -> isDirectory(call) && !call.getTarget().getRawParameterTypes().isEmpty()
							&& call.getTarget().getRawParameterTypes().get(0).isEquivalentTo(String.class)
							&& !call.getName().endsWith("Environment")))
			.check(CLASSES);
	}

	/**
	 * A lookup runs object factories over what an entry says of itself.
	 */
	@Test
	void nothingIsLookedUp() {
		noClasses().should()
			.callMethodWhere(describe("a lookup", (call) -> isDirectory(call) && call.getName().startsWith("lookup")))
			.check(CLASSES);
	}

	@Test
	void caseMappingHasALocale() {
		noClasses().should()
			.callMethod(String.class, "toLowerCase")
			.orShould()
			.callMethod(String.class, "toUpperCase")
			.check(CLASSES);
	}

	private static boolean isDirectory(JavaCall<?> call) {
		JavaClass owner = call.getTargetOwner();
		return owner.isAssignableTo(Context.class) || owner.isAssignableTo(LdapOperations.class)
				|| owner.isAssignableTo(LdapClient.class);
	}

	private static DescribedPredicate<JavaClass> named(Set<String> names) {
		return DescribedPredicate.describe("one of " + names, (type) -> names.contains(nameOf(type)));
	}

	private static String nameOf(JavaClass type) {
		return type.getName().substring(type.getPackageName().length() + 1);
	}

	private static DescribedPredicate<JavaCall<?>> describe(String description, Predicate<JavaCall<?>> predicate) {
		return DescribedPredicate.describe(description, predicate);
	}

}
