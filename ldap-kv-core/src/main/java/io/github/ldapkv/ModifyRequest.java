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

package io.github.ldapkv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.ModificationItem;
import javax.naming.directory.NoSuchAttributeException;
import javax.naming.ldap.Control;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.controls.PermissiveModifyRequestControl;
import com.unboundid.ldap.sdk.controls.PostReadRequestControl;
import org.jspecify.annotations.Nullable;

/**
 * One Modify (RFC 4511, section 4.6), with the controls that go with it.
 */
final class ModifyRequest {

	private final LdapName name;

	private final List<ModificationItem> items = new ArrayList<>();

	private final List<Control> controls = new ArrayList<>();

	private @Nullable String versionAttribute;

	private boolean permissive;

	ModifyRequest(LdapName name) {
		this.name = name;
	}

	ModifyRequest add(LdapValue.Attribute attribute) {
		return item(DirContext.ADD_ATTRIBUTE, attribute);
	}

	ModifyRequest remove(LdapValue.Attribute attribute) {
		return item(DirContext.REMOVE_ATTRIBUTE, attribute);
	}

	ModifyRequest replace(LdapValue.Attribute attribute) {
		return item(DirContext.REPLACE_ATTRIBUTE, attribute);
	}

	private ModifyRequest item(int operation, LdapValue.Attribute attribute) {
		this.items.add(new ModificationItem(operation, EntryMapper.toAttribute(attribute)));
		return this;
	}

	boolean isEmpty() {
		return this.items.isEmpty();
	}

	/**
	 * Does it only if the entry has the version.
	 */
	ModifyRequest onlyIf(Version version) {
		this.controls.add(JndiControls.assertion(version));
		return this;
	}

	/**
	 * Does it only if the entry does not have the attribute.
	 */
	ModifyRequest onlyWithout(String attribute) {
		this.controls.add(JndiControls.assertionOfAbsence(attribute));
		return this;
	}

	/**
	 * Takes the addition of what is there, and the removal of what is not, for done.
	 */
	ModifyRequest permissive() {
		this.permissive = true;
		this.controls.add(JndiControls.of(new PermissiveModifyRequestControl(true)));
		return this;
	}

	/**
	 * Adds each value before it is removed. OpenLDAP finds fault with a removal from an
	 * attribute that has no values at all, however permissive it is otherwise.
	 */
	ModifyRequest addingBeforeRemoving() {
		List<ModificationItem> given = List.copyOf(this.items);
		this.items.clear();
		for (ModificationItem item : given) {
			if (item.getModificationOp() == DirContext.REMOVE_ATTRIBUTE) {
				this.items.add(new ModificationItem(DirContext.ADD_ATTRIBUTE, item.getAttribute()));
			}
			this.items.add(item);
		}
		return this;
	}

	/**
	 * Has the server tell the entry's new version.
	 */
	ModifyRequest tellingVersion(String attribute) {
		this.versionAttribute = attribute;
		this.controls.add(JndiControls.of(new PostReadRequestControl(true, attribute)));
		return this;
	}

	/**
	 * Sends the request.
	 * @param more further controls
	 * @return the entry's new version, if it was asked for and told
	 */
	Optional<Version> send(LdapContext context, Control... more) throws NamingException {
		try {
			return sendOnce(context, more);
		}
		catch (NoSuchAttributeException ex) {
			if (!this.permissive) {
				throw ex;
			}
			addingBeforeRemoving();
			return sendOnce(context, more);
		}
	}

	private Optional<Version> sendOnce(LdapContext context, Control... more) throws NamingException {
		List<Control> all = new ArrayList<>(this.controls);
		all.addAll(List.of(more));
		ModificationItem[] changes = this.items.toArray(ModificationItem[]::new);
		if (all.isEmpty()) {
			context.modifyAttributes(this.name, changes);
			return Optional.empty();
		}
		return Directory.withControls(context, all.toArray(Control[]::new), (controlled) -> {
			controlled.modifyAttributes(this.name, changes);
			return JndiControls.version(controlled.getResponseControls(), this.versionAttribute);
		});
	}

}
