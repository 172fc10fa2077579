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

package io.github.ldapkv.autoconfigure.watch;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTemplateBuilder;
import io.github.ldapkv.autoconfigure.LdapKeyValueAutoConfiguration;
import io.github.ldapkv.watch.LdapChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What an application reports that does not start because of a listener.
 */
@ExtendWith(OutputCaptureExtension.class)
class WrongListenerTests {

	@Test
	void aParameterOfAnotherType(CapturedOutput output) {
		fail(OtherParameter.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "has a parameter of the type java.lang.String.",
				"Take an LdapChange, an LdapEntry, both or neither.");
	}

	@Test
	void aMethodThatReturnsSomething(CapturedOutput output) {
		fail(Returning.class);
		assertThat(output).contains("returns java.lang.String, which nobody would take", "Return nothing (void).");
	}

	@Test
	void aPatternThatIsNone(CapturedOutput output) {
		fail(WrongPattern.class);
		assertThat(output).contains("cannot be told anything", "/ou=[", "Correct its @LdapListener.");
	}

	@Test
	void aPlaceholderWithoutAValue(CapturedOutput output) {
		fail(NoValue.class);
		assertThat(output).contains("has a placeholder without a value", "'nowhere'", "Set the property");
	}

	@Test
	void anIdThatIsUsedTwice(CapturedOutput output) {
		fail(SameId.class);
		assertThat(output).contains("has the id 'same', which another listener has as well");
	}

	@Test
	void anAutoStartupThatIsNeither(CapturedOutput output) {
		fail(Maybe.class);
		assertThat(output).contains("has the autoStartup 'maybe'", "Say true or false");
	}

	@Test
	void aStoreThatIsNotThere(CapturedOutput output) {
		fail(NoStore.class);
		assertThat(output).contains("means the store 'other', and there is ldapKeyValueTemplate",
				"Name the bean of a store.");
	}

	@Test
	void severalStores(CapturedOutput output) {
		fail(Listener.class, TwoStores.class);
		assertThat(output).contains("does not say which store it means: one, two", "the attribute 'store'");
	}

	@Test
	void aBeanOfWhichThereAreSeveral(CapturedOutput output) {
		fail(Prototype.class, TheOnly.class);
		assertThat(output).contains("is a method of the bean 'listener', of which there are several",
				"Make the bean a singleton");
	}

	@Test
	void aSettingThatCannotBe(CapturedOutput output) {
		fail(Listener.class, "--ldapkv.watch.attempts=0");
		assertThat(output).contains("ldapkv.watch.attempts", "less than once");
	}

	private static void fail(Class<?> configuration, Object... more) {
		Class<?> other = (more.length > 0 && more[0] instanceof Class<?> type) ? type : configuration;
		String argument = (more.length > 0 && more[0] instanceof String text) ? text : "--ldapkv.page-size=500";
		SpringApplication application = new SpringApplication(configuration, other, Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--ldapkv.urls=ldap://localhost:1", argument));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, LdapAutoConfiguration.class,
			LdapKeyValueAutoConfiguration.class, LdapWatchAutoConfiguration.class })
	static class Application {

	}

	static class Listener {

		@LdapListener("/ou=Groups/*")
		void changed(LdapChange change) {
		}

	}

	static class OtherParameter {

		@LdapListener("/ou=Groups/*")
		void changed(String key) {
		}

	}

	static class Returning {

		@LdapListener("/ou=Groups/*")
		String changed(LdapChange change) {
			return "";
		}

	}

	static class WrongPattern {

		@LdapListener("/ou=[")
		void changed(LdapChange change) {
		}

	}

	static class NoValue {

		@LdapListener("/ou=${nowhere}")
		void changed(LdapChange change) {
		}

	}

	static class SameId {

		@LdapListener(id = "same", value = "/ou=Groups/*")
		@LdapListener(id = "same", value = "/ou=People/*")
		void changed(LdapChange change) {
		}

	}

	static class Maybe {

		@LdapListener(value = "/ou=Groups/*", autoStartup = "maybe")
		void changed(LdapChange change) {
		}

	}

	static class NoStore {

		@LdapListener(value = "/ou=Groups/*", store = "other")
		void changed(LdapChange change) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototype {

		@Bean
		@Scope("prototype")
		Listener listener() {
			return new Listener();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TheOnly {

		@Bean
		String user(Listener listener) {
			return listener.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoStores {

		@Bean
		LdapKeyValueTemplate one(LdapKeyValueTemplateBuilder builder) {
			return builder.build();
		}

		@Bean
		LdapKeyValueTemplate two(LdapKeyValueTemplateBuilder builder) {
			return builder.build();
		}

	}

}
