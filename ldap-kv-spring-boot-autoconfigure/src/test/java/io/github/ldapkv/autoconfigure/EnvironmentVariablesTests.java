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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ldapkv.server.ServerCapabilities;
import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every property as a variable of the environment, as the table of
 * {@code docs/operations.md} has them.
 */
class EnvironmentVariablesTests {

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| `(ldapkv\\.[\\w.\\[\\]-]+)` \\| `(LDAPKV_\\w+)=([^`]+)` \\|$");

	@Test
	void theTableHasEveryPropertyAndEachVariableSetsIt() throws IOException {
		Map<String, Object> defaults = values(new LdapKeyValueProperties());
		Map<String, Object> missing = new TreeMap<>(defaults);
		Matcher row = ROW.matcher(Files.readString(Path.of("../docs/operations.md")));
		while (row.find()) {
			Map<String, Object> values = fromEnvironment(Map.of(row.group(2), row.group(3)));
			assertThat(values).as(row.group()).isEqualTo(fromProperty(row.group(1), row.group(3)));
			assertThat(values.entrySet()).as(row.group())
				.filteredOn((value) -> !value.equals(Map.entry(value.getKey(), defaults.get(value.getKey()))))
				.singleElement()
				.satisfies((value) -> assertThat(row.group(1)).startsWith("ldapkv." + value.getKey()))
				.satisfies((value) -> missing.remove(value.getKey()));
		}
		assertThat(missing.keySet()).as("properties that are not in the table").isEmpty();
	}

	@Test
	void everyFeatureOfAServerHasAVariable() {
		for (ServerCapabilities.Feature feature : ServerCapabilities.Feature.values()) {
			LdapKeyValueProperties bound = bind(
					environment(Map.of("LDAPKV_SERVER_FEATURES_" + feature.name(), "false")));
			assertThat(bound.getServer().getFeatures()).containsExactly(Map.entry(feature, false));
		}
	}

	@Test
	void listsHaveNumbersOrCommas() {
		assertThat(bind(environment(Map.of("LDAPKV_URLS", "ldap://a,ldap://b"))).getUrls()).containsExactly("ldap://a",
				"ldap://b");
		assertThat(bind(environment(Map.of("LDAPKV_URLS_0", "ldap://a", "LDAPKV_URLS_1", "ldap://b"))).getUrls())
			.containsExactly("ldap://a", "ldap://b");
		assertThat(bind(environment(Map.of("LDAPKV_OBJECTCLASSES_UID_0", "inetOrgPerson", "LDAPKV_OBJECTCLASSES_UID_1",
				"extensibleObject")))
			.getObjectClasses()).containsEntry("uid", Arrays.asList("inetOrgPerson", "extensibleObject"));
	}

	@Test
	void dashesMayBeUnderscoresButNotBeforeTheKeyOfAMap() {
		assertThat(bind(environment(Map.of("LDAPKV_READ_URLS_0", "ldap://a"))).getReadUrls())
			.containsExactly("ldap://a");
		assertThat(bind(environment(Map.of("LDAPKV_POOL_MAX_SIZE", "3"))).getPool().getMaxSize()).isEqualTo(3);
		assertThat(bind(environment(Map.of("LDAPKV_OBJECT_CLASSES_UID", "account"))).getObjectClasses()).isEmpty();
	}

	private static Map<String, Object> fromEnvironment(Map<String, Object> variables) {
		return values(bind(environment(variables)));
	}

	private static Map<String, Object> fromProperty(String name, String value) {
		return values(bind(new MapPropertySource("properties", Map.of(name, value))));
	}

	private static PropertySource<?> environment(Map<String, Object> variables) {
		return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				variables);
	}

	private static LdapKeyValueProperties bind(PropertySource<?> source) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((other) -> environment.getPropertySources().remove(other.getName()));
		environment.getPropertySources().addFirst(source);
		return Binder.get(environment).bindOrCreate("ldapkv", LdapKeyValueProperties.class);
	}

	private static Map<String, Object> values(LdapKeyValueProperties properties) {
		Map<String, Object> values = new TreeMap<>();
		addValues(properties, "", values);
		return values;
	}

	private static void addValues(Object bean, String prefix, Map<String, Object> values) {
		BeanWrapper wrapper = PropertyAccessorFactory.forBeanPropertyAccess(bean);
		Arrays.stream(wrapper.getPropertyDescriptors())
			.filter((property) -> !"class".equals(property.getName()))
			.forEach((property) -> {
				String name = prefix + property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
				Object value = wrapper.getPropertyValue(property.getName());
				if (value != null && value.getClass().getPackage() == LdapKeyValueProperties.class.getPackage()) {
					addValues(value, name + ".", values);
				}
				else {
					values.put(name, String.valueOf(value));
				}
			});
	}

}
