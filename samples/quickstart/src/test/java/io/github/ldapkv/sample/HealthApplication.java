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

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Prints the health of all that has one.
 */
@EnableAutoConfiguration
public final class HealthApplication {

	private HealthApplication() {
	}

	/**
	 * Runs the application.
	 * @param args its settings
	 */
	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(HealthApplication.class, args)) {
			context.getBeansOfType(HealthIndicator.class)
				.forEach((name, indicator) -> System.out.println(name + "=" + indicator.health().getStatus()));
		}
	}

}
