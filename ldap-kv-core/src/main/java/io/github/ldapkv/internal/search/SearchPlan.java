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

package io.github.ldapkv.internal.search;

import java.util.ArrayList;
import java.util.List;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.key.KeyPath;
import io.github.ldapkv.internal.key.KeyPattern;
import io.github.ldapkv.internal.key.RdnPattern;
import io.github.ldapkv.internal.schema.DirectorySchema;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as an LDAP search: the longest literal start of it is the base, its last
 * component the filter. The search finds every entry that the pattern means, and may find
 * more, which the pattern itself then leaves out.
 *
 * @param base the base of the search, relative to that of the store
 * @param scope one of the scopes of {@link SearchControls}
 * @param filter the filter
 */
public record SearchPlan(KeyPath base, SearchScope scope, Filter filter) {

	private static final Filter ALL = Filter.createPresenceFilter("objectClass");

	/**
	 * Plans the search for a pattern.
	 * @param pattern the pattern, relative to the base of the store
	 * @param condition the caller's own filter
	 */
	public static SearchPlan of(KeyPattern pattern, @Nullable Filter condition, DirectorySchema schema) {
		int depth = pattern.literalDepth();
		List<KeyPattern.Component> rest = pattern.components().subList(depth, pattern.components().size());
		Filter byName = rest.isEmpty() ? ALL : filter(rest.get(rest.size() - 1), schema);
		Filter filter = (condition == null) ? byName
				: (byName == ALL) ? condition : Filter.createANDFilter(byName, condition);
		return new SearchPlan(pattern.literalPrefix(depth), scope(rest), filter);
	}

	private static SearchScope scope(List<KeyPattern.Component> rest) {
		if (rest.isEmpty()) {
			return SearchScope.BASE;
		}
		return (rest.size() == 1 && !rest.get(0).isAnyDepth()) ? SearchScope.ONE : SearchScope.SUB;
	}

	private static Filter filter(KeyPattern.Component component, DirectorySchema schema) {
		if (component.isAnyDepth()) {
			return ALL;
		}
		List<Filter> alternatives = new ArrayList<>();
		for (RdnPattern pattern : component.alternatives()) {
			Filter filter = GlobFilter.of(pattern, schema);
			if (filter == null) {
				return ALL;
			}
			if (!alternatives.contains(filter)) {
				alternatives.add(filter);
			}
		}
		return (alternatives.size() == 1) ? alternatives.get(0) : Filter.createORFilter(alternatives);
	}

}
