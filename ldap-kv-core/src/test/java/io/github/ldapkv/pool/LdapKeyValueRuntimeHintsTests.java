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

package io.github.ldapkv.pool;

import java.lang.reflect.Field;
import java.util.List;
import java.util.ResourceBundle;

import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapContext;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.ldap.core.DirContextProxy;
import org.springframework.ldap.core.support.AbstractContextSource;
import org.springframework.ldap.core.support.ObservationContextSource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image is told.
 */
class LdapKeyValueRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void registerWhatSpringFinds() {
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter(LdapKeyValueRuntimeHints.class::isInstance)
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@Test
	void theProviderOfTheJdk() {
		assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of("com.sun.jndi.ldap.LdapCtxFactory")))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of("com.sun.jndi.dns.DnsContextFactory")))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of("com.sun.jndi.ldap.ext.StartTlsResponseImpl"))).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("com/sun/jndi/ldap/jndiprovider.properties"))
			.accepts(this.hints);
	}

	@Test
	void theProxyOfAConnection() {
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(DirContext.class, DirContextProxy.class))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(LdapContext.class, DirContextProxy.class))
			.accepts(this.hints);
	}

	@Test
	void theSettingsOfContextSources() throws NoSuchFieldException {
		for (Field field : List.of(AbstractContextSource.class.getDeclaredField("authenticationStrategy"),
				ObservationContextSource.class.getDeclaredField("contextSource"))) {
			assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(field)).accepts(this.hints);
		}
	}

	@Test
	void whatIsRegisteredIsThere() {
		this.hints.reflection()
			.typeHints()
			.forEach((type) -> assertThat(ClassUtils.isPresent(type.getType().getName(), null)).as(type.toString())
				.isTrue());
		this.hints.resources()
			.resourceBundleHints()
			.forEach((bundle) -> assertThat(ResourceBundle.getBundle(bundle.getBaseName())).isNotNull());
	}

}
