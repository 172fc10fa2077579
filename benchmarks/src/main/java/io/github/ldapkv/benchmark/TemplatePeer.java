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

package io.github.ldapkv.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import javax.naming.NamingException;
import javax.naming.directory.ModificationItem;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;

import org.jspecify.annotations.Nullable;

import org.springframework.ldap.NameNotFoundException;
import org.springframework.ldap.core.AttributesMapper;
import org.springframework.ldap.core.ContextSource;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.core.NameClassPairCallbackHandler;
import org.springframework.ldap.filter.Filter;
import org.springframework.ldap.filter.LikeFilter;
import org.springframework.ldap.filter.PresentFilter;

/**
 * Spring LDAP's template.
 */
final class TemplatePeer implements Peer {

	private static final AttributesMapper<Map<String, List<?>>> MAPPER = JndiEntries::map;

	private static final String[] NO_ATTRIBUTES = { "1.1" };

	private final LdapTemplate template;

	private final Runnable closing;

	TemplatePeer(ContextSource contextSource, Runnable closing) {
		this.template = new LdapTemplate(contextSource);
		this.closing = closing;
	}

	@Override
	public Object get(String uid) {
		return this.template.lookup(JndiEntries.name(uid), MAPPER);
	}

	@Override
	public boolean contains(String uid) {
		try {
			return this.template.lookup(JndiEntries.name(uid), NO_ATTRIBUTES,
					(AttributesMapper<Boolean>) (attributes) -> true);
		}
		catch (NameNotFoundException ex) {
			return false;
		}
	}

	@Override
	public List<?> query(String prefix) {
		Filter filter = new LikeFilter("uid", prefix + "*");
		return this.template.search(JndiEntries.AREA, filter.encode(), SearchControls.ONELEVEL_SCOPE, MAPPER);
	}

	@Override
	public List<?> keys(String prefix) {
		List<String> names = new ArrayList<>();
		search(new LikeFilter("uid", prefix + "*"), NO_ATTRIBUTES, (found) -> names.add(found.getNameInNamespace()));
		return names;
	}

	@Override
	public void stream(Consumer<Object> consumer) {
		search(new PresentFilter("objectClass"), null,
				(found) -> consumer.accept(JndiEntries.map(found.getAttributes())));
	}

	private void search(Filter filter, String @Nullable [] attributes, ResultHandler handler) {
		SearchControls controls = new SearchControls(SearchControls.ONELEVEL_SCOPE, 0, 0, attributes, false, false);
		NameClassPairCallbackHandler callback = (found) -> handler.handle((SearchResult) found);
		this.template.search(JndiEntries.AREA, filter.encode(), controls, callback);
	}

	@Override
	public void put(String uid, String description) {
		this.template.modifyAttributes(JndiEntries.name(uid),
				new ModificationItem[] { JndiEntries.replacement(description) });
	}

	@Override
	public void putIfAbsent(String uid, Map<String, List<String>> attributes) {
		this.template.bind(JndiEntries.newName(uid), null, JndiEntries.attributes(attributes));
	}

	@Override
	public Map<String, Set<String>> attributes(Object entry) {
		return JndiEntries.texts(entry);
	}

	@Override
	public void close() {
		this.closing.run();
	}

	/**
	 * Takes a result of a search.
	 */
	@FunctionalInterface
	private interface ResultHandler {

		void handle(SearchResult found) throws NamingException;

	}

}
