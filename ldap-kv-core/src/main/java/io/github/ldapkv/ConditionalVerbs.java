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

import io.github.ldapkv.internal.directory.Directory;
import io.github.ldapkv.internal.directory.DirectoryCall;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * The verbs that write on condition that an entry has a version: each checks what it is
 * given, and takes it to the directory.
 */
final class ConditionalVerbs implements ConditionalOperations {

	private static final Logger logger = LoggerFactory.getLogger(ConditionalVerbs.class);

	private final Version expected;

	private final Targets targets;

	private final Directory directory;

	private final ConditionalChanger changer;

	private final Consumer<Operation> guard;

	/**
	 * Creates the verbs.
	 * @param guard refuses operations that are not possible now
	 */
	ConditionalVerbs(Version expected, Targets targets, Directory directory, ConditionalChanger changer,
			Consumer<Operation> guard) {
		this.expected = expected;
		this.targets = targets;
		this.directory = directory;
		this.changer = changer;
		this.guard = guard;
	}

	@Override
	public Version put(CharSequence key, LdapValue value) {
		ConditionalWrite write = write(this.targets.of(Verb.PUT, key, value), value);
		return change(write, (session) -> this.changer.put(session, write));
	}

	@Override
	public Version replace(CharSequence key, LdapValue value) {
		ConditionalWrite write = write(this.targets.of(Verb.REPLACE, key, value), value);
		return change(write, (session) -> this.changer.replace(session, write));
	}

	@Override
	public Version patch(CharSequence key, Consumer<LdapPatch> changes) {
		LdapPatch patch = Targets.patch(key, changes);
		LdapValue set = Targets.set(patch);
		ConditionalWrite write = write(this.targets.of(Verb.PATCH, key, set), set);
		return change(write, (session) -> this.changer.patch(session, write, patch));
	}

	@Override
	public void delete(CharSequence key) {
		Target target = this.targets.of(Verb.DELETE, key, LdapValue.empty());
		run(target, (session) -> {
			this.changer.delete(session, target, this.expected);
			return Boolean.TRUE;
		});
	}

	private ConditionalWrite write(Target target, LdapValue value) {
		return new ConditionalWrite(target, value, this.expected);
	}

	/**
	 * Makes a change. Once the server has acknowledged it, it is no failure if the entry
	 * cannot be read any more: its version stays the old one, which no entry has, and
	 * only the connection bears the consequences.
	 */
	private Version change(ConditionalWrite write, DirectoryCall<Version> call) {
		try {
			return run(write.target(), call);
		}
		catch (DataAccessException ex) {
			if (!write.isAcknowledged()) {
				throw ex;
			}
			logger.debug("The entry '{}' is written, but its new version cannot be read",
					write.target().operation().key(), ex);
			return write.expected();
		}
	}

	private <T> T run(Target target, DirectoryCall<T> call) {
		this.guard.accept(target.operation());
		return this.directory.write(target.operation(), call);
	}

}
