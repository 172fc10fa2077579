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
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.testserver.OpenLdapContainer;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The compose.yaml of the quickstart, as Boot reads it: with a container that has the
 * file's settings, and without the compose command.
 */
class ComposeFileTests {

	private static final Path FILE = Path.of("../samples/quickstart/compose.yaml");

	@Test
	void bootConnectsTheStoreToTheService() throws IOException {
		Service service = service();
		try (OpenLdapContainer container = new OpenLdapContainer()) {
			container.withEnv(service.environment());
			container.start();
			LdapConnectionDetails details = details(service.running(container));
			assertThat(details.getUrls()).containsExactly(container.url().replace("localhost", container.host()));
			assertThat(details.getBase()).isEqualTo("dc=test,dc=org");
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(LdapAutoConfiguration.class, LdapKeyValueAutoConfiguration.class))
				.withBean(LdapConnectionDetails.class, () -> details)
				.run((context) -> {
					LdapKeyValueOperations store = context.getBean(LdapKeyValueOperations.class);
					store.put("/ou=Composed", Map.of("objectClass", "organizationalUnit"));
					assertThat(store.contains("ou=Composed,dc=test,dc=org")).isTrue();
				});
		}
	}

	@Test
	void theImageIsMadeFromThisProject() throws IOException {
		assertThat(FILE.resolveSibling(service().build()).resolve("Dockerfile")).exists();
		assertThat(service().ports()).containsExactly("389");
	}

	private static LdapConnectionDetails details(RunningService running) {
		Constructor<DockerComposeConnectionSource> constructor;
		try {
			constructor = DockerComposeConnectionSource.class.getDeclaredConstructor(RunningService.class,
					Environment.class);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
		constructor.setAccessible(true);
		DockerComposeConnectionSource source = BeanUtils.instantiateClass(constructor, running, new MockEnvironment());
		return (LdapConnectionDetails) new ConnectionDetailsFactories(null).getConnectionDetails(source, true)
			.get(LdapConnectionDetails.class);
	}

	private static Service service() throws IOException {
		Map<String, Map<String, Map<String, Object>>> file = new Yaml().load(Files.readString(FILE));
		return new Service(file.get("services").get("directory"));
	}

	/**
	 * A service as it stands in the file.
	 */
	private record Service(Map<String, Object> settings) {

		String build() {
			return (String) this.settings.get("build");
		}

		@SuppressWarnings("unchecked")
		Map<String, String> environment() {
			return (Map<String, String>) this.settings.get("environment");
		}

		@SuppressWarnings("unchecked")
		Map<String, String> labels() {
			return (Map<String, String>) this.settings.get("labels");
		}

		@SuppressWarnings("unchecked")
		List<String> ports() {
			return (List<String>) this.settings.get("ports");
		}

		RunningService running(OpenLdapContainer container) {
			return new Running(environment(), labels(), container);
		}

	}

	/**
	 * What compose says of a running service.
	 */
	private record Running(Map<String, String> env, Map<String, String> labels,
			OpenLdapContainer container) implements RunningService, ConnectionPorts {

		@Override
		public String name() {
			return "directory";
		}

		@Override
		public ImageReference image() {
			return ImageReference.of("ldap-kv-openldap");
		}

		@Override
		public String host() {
			return this.container.host();
		}

		@Override
		public ConnectionPorts ports() {
			return this;
		}

		@Override
		public int get(int containerPort) {
			return this.container.getMappedPort(containerPort);
		}

		@Override
		public List<Integer> getAll() {
			return List.of(this.container.port());
		}

		@Override
		public List<Integer> getAll(String protocol) {
			return getAll();
		}

	}

}
