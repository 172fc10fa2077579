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

package io.github.ldapkv.internal.wire.jndi;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * A name in which JNDI finds no scheme of a URL. An initial context looks for one before
 * a colon in the first component, {@code uid=a} in {@code uid=a:b}, and for a class of
 * that name, of which class loaders keep the name for ever. What goes to the server is
 * the text of the whole name. The new name of an entry that is moved is taken apart
 * instead, and not looked into: that has to be another {@code LdapName}.
 */
final class SchemelessName extends LdapName {

	private static final long serialVersionUID = 1;

	SchemelessName(String name) throws InvalidNameException {
		super(name);
	}

	/**
	 * The component; behind a slash, if a colon is in it.
	 */
	@Override
	public String get(int position) {
		String component = super.get(position);
		return (component.indexOf(':') >= 0) ? "/" + component : component;
	}

}
