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

package io.github.ldapkv.sample;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Shows what the store does: on an embedded directory, on the server that
 * {@code spring.ldap.urls} names, or on that of compose.yaml.
 */
@SpringBootApplication
public class QuickstartApplication {

	/**
	 * Runs the tour.
	 * @param args settings such as {@code --spring.ldap.urls}
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(QuickstartApplication.class);
		application.addListeners(new EmbeddedDirectoryByDefault());
		// Ends the embedded directory, which would keep the JVM alive.
		application.run(args).close();
	}

	/**
	 * Boot starts an embedded directory if it is told the suffix of one.
	 */
	static final class EmbeddedDirectoryByDefault implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

		private static final String COMPOSE = "org.springframework.boot.docker.compose.core.RunningService";

		@Override
		public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
			ConfigurableEnvironment environment = event.getEnvironment();
			if (!environment.containsProperty("spring.ldap.urls") && !ClassUtils.isPresent(COMPOSE, null)) {
				environment.getPropertySources()
					.addLast(new MapPropertySource("embedded directory",
							Map.of("spring.ldap.embedded.base-dn", "dc=test,dc=org")));
			}
		}

	}

}
