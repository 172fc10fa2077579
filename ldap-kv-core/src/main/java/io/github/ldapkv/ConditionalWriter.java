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

import java.util.function.Consumer;

import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ldap.Control;

import com.unboundid.ldap.sdk.controls.PreReadRequestControl;
import io.github.ldapkv.EntryWriter.Target;
import io.github.ldapkv.ServerCapabilities.Feature;

/**
 * Writes on condition that an entry has a version.
 */
final class ConditionalWriter implements ConditionalOperations {

	private final Version expected;

	private final Targets targets;

	private final Directory directory;

	private final EntryChanger changer;

	private final Consumer<Operation> guard;

	/**
	 * Creates a writer.
	 * @param guard refuses operations that are not possible now
	 */
	ConditionalWriter(Version expected, Targets targets, Directory directory, EntryChanger changer,
			Consumer<Operation> guard) {
		this.expected = expected;
		this.targets = targets;
		this.directory = directory;
		this.changer = changer;
		this.guard = guard;
	}

	@Override
	public Version put(CharSequence key, LdapValue value) {
		Target target = this.targets.of("put", key, value);
		return write(target, (context) -> {
			DirectorySchema schema = this.directory.schema(context);
			ModifyRequest request = new ModifyRequest(target.name());
			EntryWriter.withSuperiors(EntryWriter.withoutMaintained(value, schema), schema)
				.attributes()
				.forEach(request::replace);
			return this.changer.sendIf(context, target, request, this.expected, value);
		});
	}

	@Override
	public Version replace(CharSequence key, LdapValue value) {
		Target target = this.targets.of("replace", key, value);
		return write(target, (context) -> this.changer.sendIf(context, target,
				this.changer.replacement(context, target, value, this.expected), this.expected, value));
	}

	@Override
	public Version patch(CharSequence key, Consumer<LdapPatch> changes) {
		LdapPatch patch = Targets.patch(key, changes);
		LdapValue set = Targets.set(patch);
		Target target = this.targets.of("patch", key, set);
		return write(target, (context) -> this.changer.sendIf(context, target,
				this.changer.patch(context, target, patch, true), this.expected, set));
	}

	@Override
	public void delete(CharSequence key) {
		Target target = this.targets.of("delete", key, LdapValue.empty());
		write(target, (context) -> {
			// JNDI makes a success of the deletion of an entry that is gone; the pre-read
			// control (RFC 4527) tells the difference.
			Control[] controls = { JndiControls.assertion(this.expected),
					JndiControls.of(new PreReadRequestControl(true, "1.1")) };
			return Directory.withControls(context, controls, (controlled) -> {
				boolean done;
				try {
					controlled.destroySubcontext(target.name());
					done = EntryWriter.answersPreRead(controlled.getResponseControls());
				}
				catch (NamingException ex) {
					if (!(ex instanceof NameNotFoundException)
							&& ServerResult.of(ex).code() != EntryChanger.ASSERTION_FAILED) {
						throw ex;
					}
					done = false;
				}
				if (!done) {
					throw EntryChanger.changed(target, null);
				}
				return Boolean.TRUE;
			});
		});
	}

	private <T> T write(Target target, DirectoryCall<T> call) {
		this.guard.accept(target.operation());
		return this.directory.write(target.operation(), (context) -> {
			ServerCapabilities capabilities = this.directory.capabilities(context);
			String purpose = "to write on condition of a version";
			capabilities.require(Feature.ASSERTION, target.operation(), purpose);
			capabilities.require(Feature.POST_READ, target.operation(), purpose);
			return call.run(context);
		});
	}

}
