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
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import io.github.ldapkv.autoconfigure.actuate.LdapKeyValueHealthContributorAutoConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example for Kubernetes: an application with its environment has the groups that its
 * probes ask for, and its times fit one another.
 */
class KubernetesTests {

	private static final String HEALTH = "/actuator/health/";

	private Map<String, Object> pod;

	private Map<String, Object> container;

	@BeforeEach
	void read() throws IOException {
		String yaml = Files.readString(Path.of("../docs/kubernetes/deployment.yaml"));
		Map<String, Object> deployment = StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
			.map(KubernetesTests::map)
			.filter((document) -> "Deployment".equals(document.get("kind")))
			.findFirst()
			.orElseThrow();
		this.pod = map(map(map(deployment.get("spec")).get("template")).get("spec"));
		this.container = map(((List<?>) this.pod.get("containers")).get(0));
	}

	@Test
	void theProbesAskForGroupsThatThereAre() {
		runner().run((context) -> {
			HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
			HealthEndpointGroup liveness = groups.get(group("livenessProbe"));
			HealthEndpointGroup readiness = groups.get(group("readinessProbe"));
			assertThat(group("startupProbe")).isEqualTo("liveness");
			assertThat(liveness).isNotNull().matches((group) -> !group.isMember("ldapkv"));
			assertThat(readiness).isNotNull()
				.matches((group) -> group.isMember("ldapkv") && group.isMember("readinessState"));
		});
	}

	@Test
	void theEnvironmentIsThatOfTheStore() {
		runner().run((context) -> {
			LdapKeyValueProperties properties = context.getBean(LdapKeyValueProperties.class);
			assertThat(properties.getUrls()).containsExactly("ldaps://ldap-1.example.org",
					"ldaps://ldap-2.example.org");
			assertThat(properties.getBase()).isEqualTo("dc=example,dc=org");
			assertThat(properties.getUsername()).isEqualTo("from the secret");
			assertThat(properties.getPassword()).isEqualTo("from the secret");
			assertThat(properties.getConnectTimeout()).hasSeconds(2);
			assertThat(properties.getReadTimeout()).hasSeconds(10);
			assertThat(context.getBean(SslBundles.class).getBundle(properties.getSsl().getBundle())).isNotNull();
		});
	}

	@Test
	void theTimesFitOneAnother() {
		Duration health = new LdapKeyValueProperties().getHealth().getTimeout();
		assertThat(Duration.ofSeconds(number(map(this.container.get("readinessProbe")), "timeoutSeconds")))
			.isGreaterThan(health);
		long preStop = number(map(map(map(this.container.get("lifecycle")).get("preStop")).get("sleep")), "seconds");
		Duration phase = DurationStyle
			.detectAndParse(String.valueOf(environment().get("SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE")));
		assertThat(Duration.ofSeconds(number(this.pod, "terminationGracePeriodSeconds")))
			.isGreaterThan(phase.plusSeconds(preStop));
	}

	@Test
	void theTrustIsReadFromWhatIsMounted() {
		String mount = String.valueOf(map(((List<?>) this.container.get("volumeMounts")).get(0)).get("mountPath"));
		assertThat(String.valueOf(environment().get("SPRING_SSL_BUNDLE_PEM_DIRECTORY_TRUSTSTORE_CERTIFICATE")))
			.startsWith("file:" + mount + "/");
	}

	private ApplicationContextRunner runner() {
		Map<String, Object> environment = environment();
		// There is no such file here, and the text of a certificate does as well.
		environment.put("SPRING_SSL_BUNDLE_PEM_DIRECTORY_TRUSTSTORE_CERTIFICATE", certificate());
		environment.remove("SPRING_SSL_BUNDLE_PEM_DIRECTORY_RELOADONUPDATE");
		return new ApplicationContextRunner()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								environment)))
			.withPropertyValues("management.endpoints.web.exposure.include=health")
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class,
					ApplicationAvailabilityAutoConfiguration.class, LdapKeyValueAutoConfiguration.class,
					LdapKeyValueHealthContributorAutoConfiguration.class, HealthContributorAutoConfiguration.class,
					HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class,
					AvailabilityHealthContributorAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class));
	}

	private String group(String probe) {
		String path = String.valueOf(map(map(this.container.get(probe)).get("httpGet")).get("path"));
		assertThat(path).startsWith(HEALTH);
		return path.substring(HEALTH.length());
	}

	private Map<String, Object> environment() {
		Map<String, Object> environment = new LinkedHashMap<>();
		for (Object element : (List<?>) this.container.get("env")) {
			Map<String, Object> variable = map(element);
			environment.put(String.valueOf(variable.get("name")), variable.getOrDefault("value", "from the secret"));
		}
		return environment;
	}

	/**
	 * One that the JDK trusts.
	 */
	private static String certificate() {
		try {
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init((KeyStore) null);
			X509TrustManager manager = (X509TrustManager) trust.getTrustManagers()[0];
			return "-----BEGIN CERTIFICATE-----\n"
					+ Base64.getMimeEncoder().encodeToString(manager.getAcceptedIssuers()[0].getEncoded())
					+ "\n-----END CERTIFICATE-----";
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long number(Map<String, Object> map, String name) {
		return ((Number) map.get(name)).longValue();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (Map<String, Object>) value;
	}

}
