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

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor knows of the properties.
 */
class ConfigurationMetadataTests {

	private static final Pattern PROPERTY = Pattern.compile(
			"\\{\\s*\"name\": \"(ldapkv\\.[a-z.-]+)\",\\s*\"type\": \"[^\"]+\",(?:\\s*\"description\": \"([^\"]+)\")?");

	@Test
	void everyPropertyHasADescription() throws IOException {
		Map<String, String> descriptions = new TreeMap<>();
		Matcher matcher = PROPERTY.matcher(metadata());
		while (matcher.find()) {
			descriptions.put(matcher.group(1), matcher.group(2));
		}
		assertThat(descriptions.keySet()).containsExactlyInAnyOrder(propertyNames());
		assertThat(descriptions.values()).allSatisfy((text) -> assertThat(text).endsWith(".").hasSizeGreaterThan(20));
	}

	@Test
	void theReadmeHasEveryPropertyWithItsDescription() throws IOException {
		String readme = Files.readString(Path.of("../README.md"));
		Matcher matcher = PROPERTY.matcher(metadata());
		while (matcher.find()) {
			String name = matcher.group(1);
			assertThat(readme).containsPattern(
					"\\| `" + Pattern.quote(name) + "(\\.\\*)?` \\|.*\\| " + Pattern.quote(matcher.group(2)) + " \\|");
		}
	}

	@Test
	void theSettingsOfHealthAndOfTheEndpointAreKnown() throws IOException {
		assertThat(metadata()).contains("\"name\": \"management.health.ldapkv.enabled\"",
				"\"name\": \"management.endpoint.ldapkv.access\"",
				"\"name\": \"management.endpoint.ldapkv.cache.time-to-live\"");
	}

	@Test
	void theStatusesOfAStoreThatIsReadOnlyAreShown() throws IOException {
		assertThat(metadata()).contains("\"value\": \"READ_ONLY\"", "\"value\": \"OUT_OF_SERVICE\"",
				"\"name\": \"any\"");
	}

	private static String[] propertyNames() {
		List<String> names = new ArrayList<>();
		addPropertyNames(LdapKeyValueProperties.class, "ldapkv.", names);
		return names.toArray(String[]::new);
	}

	private static void addPropertyNames(Class<?> type, String prefix, List<String> names) {
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			String name = prefix + property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (property.getPropertyType().getPackage() == LdapKeyValueProperties.class.getPackage()) {
				addPropertyNames(property.getPropertyType(), name + ".", names);
			}
			else if (!"class".equals(property.getName())) {
				names.add(name);
			}
		}
	}

	private static String metadata() throws IOException {
		try (InputStream in = LdapKeyValueProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			return all.substring(all.indexOf("\"properties\": [")).replace("\\/", "/");
		}
	}

}
