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

import java.util.List;

import javax.naming.directory.DirContext;
import javax.naming.ldap.LdapContext;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.ldap.core.DirContextProxy;
import org.springframework.ldap.core.support.AbstractContextSource;
import org.springframework.ldap.core.support.ObservationContextSource;

/**
 * Tells a native image of what JNDI finds by name at run time, of Spring LDAP's proxies,
 * and of the settings of context sources that can only be set.
 */
final class LdapKeyValueRuntimeHints implements RuntimeHintsRegistrar {

	/**
	 * Classes of the JDK's providers of LDAP and DNS that are named in their settings or
	 * in the JDK.
	 */
	private static final List<String> OF_THE_JDK = List.of("com.sun.jndi.ldap.LdapCtxFactory",
			"com.sun.jndi.dns.DnsContextFactory", "com.sun.jndi.ldap.DefaultResponseControlFactory",
			"com.sun.jndi.ldap.ext.StartTlsResponseImpl", "com.sun.security.sasl.ClientFactoryImpl");

	/**
	 * The settings that JNDI reads beside the provider's classes.
	 */
	private static final String PROVIDER_SETTINGS = "com/sun/jndi/ldap/jndiprovider.properties";

	/**
	 * The messages of the UnboundID SDK.
	 */
	private static final List<String> BUNDLES = List.of("unboundid-ldapsdk-asn1", "unboundid-ldapsdk-controls",
			"unboundid-ldapsdk-ldap", "unboundid-ldapsdk-ldif", "unboundid-ldapsdk-matchingrules",
			"unboundid-ldapsdk-schema", "unboundid-ldapsdk-util");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerType(AbstractContextSource.class, MemberCategory.ACCESS_DECLARED_FIELDS)
			.registerType(ObservationContextSource.class, MemberCategory.ACCESS_DECLARED_FIELDS)
			.registerTypes(OF_THE_JDK.stream().map(TypeReference::of).toList(),
					(type) -> type.withMembers(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
		// What Spring LDAP puts around a connection that is held.
		hints.proxies()
			.registerJdkProxy(DirContext.class, DirContextProxy.class)
			.registerJdkProxy(LdapContext.class, DirContextProxy.class);
		hints.resources().registerPattern(PROVIDER_SETTINGS);
		BUNDLES.forEach(hints.resources()::registerResourceBundle);
	}

}
