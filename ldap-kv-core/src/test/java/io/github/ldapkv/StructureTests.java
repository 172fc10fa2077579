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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits that keep the core readable.
 */
class StructureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.ldapkv");

	/**
	 * A builder and what it builds may know each other.
	 */
	private static final int MOST_FILES_IN_CIRCLES = 15;

	private static final int MOST_TYPES_IN_A_PACKAGE = 45;

	private static final int MOST_PARAMETERS = 6;

	@Test
	void fewFilesStandInCircles() {
		Map<String, Set<String>> uses = new TreeMap<>();
		for (JavaClass type : CLASSES) {
			Set<String> used = uses.computeIfAbsent(file(type), (file) -> new TreeSet<>());
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				if (CLASSES.contain(dependency.getTargetClass().getName())) {
					used.add(file(CLASSES.get(dependency.getTargetClass().getName())));
				}
			}
			used.remove(file(type));
		}
		Map<String, Set<String>> reached = new HashMap<>();
		uses.keySet().forEach((file) -> reached.put(file, reach(file, uses)));
		assertThat(uses.keySet().stream().filter((file) -> reached.get(file).contains(file)).toList())
			.as("files that reach themselves")
			.hasSizeLessThanOrEqualTo(MOST_FILES_IN_CIRCLES);
	}

	private static Set<String> reach(String file, Map<String, Set<String>> uses) {
		Set<String> reached = new HashSet<>();
		Deque<String> open = new ArrayDeque<>(uses.get(file));
		while (!open.isEmpty()) {
			String next = open.remove();
			if (reached.add(next)) {
				open.addAll(uses.get(next));
			}
		}
		return reached;
	}

	private static String file(JavaClass type) {
		JavaClass outer = type;
		while (outer.getEnclosingClass().isPresent()) {
			outer = outer.getEnclosingClass().get();
		}
		return outer.getName();
	}

	@Test
	void noPackageIsLarge() {
		Map<String, Set<String>> types = new TreeMap<>();
		CLASSES.stream()
			.filter((type) -> !type.getSimpleName().equals("package-info"))
			.forEach((type) -> types.computeIfAbsent(type.getPackageName(), (name) -> new TreeSet<>()).add(file(type)));
		assertThat(types)
			.allSatisfy((name, files) -> assertThat(files).as(name).hasSizeLessThanOrEqualTo(MOST_TYPES_IN_A_PACKAGE));
	}

	@Test
	void noConstructorHasManyParameters() {
		assertThat(CLASSES.stream()
			.flatMap((type) -> type.getConstructors().stream())
			.filter((constructor) -> parameters(constructor).size() > MOST_PARAMETERS)
			.map(JavaConstructor::getFullName)).isEmpty();
	}

	/**
	 * Without those that a compiler adds, such as the instance around an inner class.
	 */
	private static List<JavaClass> parameters(JavaConstructor constructor) {
		boolean inner = constructor.getOwner().isInnerClass() || constructor.getOwner().isLocalClass()
				|| constructor.getOwner().isAnonymousClass();
		List<JavaClass> all = constructor.getRawParameterTypes();
		if (constructor.getOwner().isEnum()) {
			// Its name and its number.
			return all.subList(2, all.size());
		}
		return (inner && !all.isEmpty()) ? all.subList(1, all.size()) : all;
	}

}
