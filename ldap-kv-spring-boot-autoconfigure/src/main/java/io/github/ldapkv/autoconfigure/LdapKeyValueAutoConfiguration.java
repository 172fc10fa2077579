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

import java.util.function.Consumer;

import io.github.ldapkv.LdapKeyValueOperations;
import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.LdapKeyValueTemplateBuilder;
import io.github.ldapkv.autoconfigure.internal.BaseSyntax;
import io.github.ldapkv.server.ServerCapabilities;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ldap.autoconfigure.LdapAutoConfiguration;
import org.springframework.boot.ldap.autoconfigure.LdapProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.support.DirContextAuthenticationStrategy;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the store. It works on the
 * application's {@link ContextSource}, whatever that is made from, or on a directory of
 * its own.
 */
@AutoConfiguration(after = LdapAutoConfiguration.class)
@ConditionalOnClass({ LdapKeyValueOperations.class, ContextSource.class })
@ConditionalOnBooleanProperty(name = "ldapkv.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LdapKeyValueProperties.class)
public final class LdapKeyValueAutoConfiguration {

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	LdapKeyValueTemplateBuilder ldapKeyValueTemplateBuilder(LdapKeyValueProperties properties,
			ObjectProvider<ContextSource> contextSource, ObjectProvider<LdapProperties> ldapProperties,
			ObjectProvider<DirContextAuthenticationStrategy> authenticationStrategy,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<LdapConnectionPoolBuilderCustomizer> poolCustomizers,
			ObjectProvider<LdapKeyValueTemplateCustomizer> customizers, ConfigurableListableBeanFactory beanFactory,
			Environment environment) {
		StoreConnections connections = new StoreConnections(properties, sslBundles.getIfAvailable(),
				poolCustomizers.orderedStream().toList());
		LdapKeyValueTemplateBuilder builder = LdapKeyValueTemplate
			.builder(OwnDirectory.isConfigured(properties) ? connections.toOwnDirectory() : connectionsOf(connections,
					contextSource.getObject(), ldapProperties, authenticationStrategy, beanFactory, environment));
		apply(properties, builder);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder;
	}

	@Bean
	@ConditionalOnMissingBean(LdapKeyValueOperations.class)
	LdapKeyValueTemplate ldapKeyValueTemplate(LdapKeyValueTemplateBuilder builder) {
		return builder.build();
	}

	@Bean
	@ConditionalOnBooleanProperty("ldapkv.check-on-startup")
	@ConditionalOnSingleCandidate(LdapKeyValueTemplate.class)
	static StartupCheck ldapKeyValueStartupCheck(ObjectProvider<LdapKeyValueTemplate> store) {
		return new StartupCheck(store);
	}

	private static ContextSource connectionsOf(StoreConnections connections, ContextSource source,
			ObjectProvider<LdapProperties> ldapProperties,
			ObjectProvider<DirContextAuthenticationStrategy> authenticationStrategy,
			ConfigurableListableBeanFactory beanFactory, Environment environment) {
		LdapContextSource boots = ContextSourceOrigin.boots(source, beanFactory);
		// How to bind by JNDI is known to contexts of JNDI alone.
		if (boots == null || authenticationStrategy.getIfUnique() != null) {
			return connections.asItIs(source);
		}
		return connections.toDirectoryOf(boots, ApplicationLdap.of(ldapProperties.getIfAvailable(), environment));
	}

	private static void apply(LdapKeyValueProperties properties, LdapKeyValueTemplateBuilder builder) {
		if (StringUtils.hasLength(properties.getBase())) {
			BaseSyntax.check("ldapkv.base", properties.getBase(), builder::base);
		}
		configure("ldapkv.binary-attributes", properties.getBinaryAttributes(), builder::binaryAttributes);
		configure("ldapkv.page-size", properties.getPageSize(), builder::pageSize);
		properties.getObjectClasses()
			.forEach((attribute, objectClasses) -> configure("ldapkv.object-classes." + attribute, objectClasses,
					(value) -> builder.objectClasses(attribute, value)));
		properties.getServer()
			.getFeatures()
			.forEach((feature, there) -> builder
				.serverCapabilities((server) -> there ? server.with(feature) : server.without(feature)));
		String versionAttribute = properties.getServer().getVersionAttribute();
		if (StringUtils.hasLength(versionAttribute)) {
			configure("ldapkv.server.version-attribute", versionAttribute,
					ServerCapabilities.unknown()::withVersionAttribute);
			builder.serverCapabilities((server) -> server.withVersionAttribute(versionAttribute));
		}
		builder.observeKeys(properties.getObservation().isIncludeKey());
		if (properties.getSlowOperationThreshold() != null) {
			configure("ldapkv.slow-operation-threshold", properties.getSlowOperationThreshold(),
					builder::slowOperationThreshold);
		}
	}

	private static <T> void configure(String name, T value, Consumer<T> setting) {
		StoreConnections.configure(name, value, setting);
	}

}
