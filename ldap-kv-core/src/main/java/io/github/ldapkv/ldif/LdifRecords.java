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

package io.github.ldapkv.ldif;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.DN;
import io.github.ldapkv.LdapValue;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Target;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.schema.DirectorySchema;
import io.github.ldapkv.internal.schema.EqualityRule;
import io.github.ldapkv.internal.schema.NamingCheck;
import io.github.ldapkv.internal.schema.ObjectClasses;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.Octets;
import io.github.ldapkv.internal.text.SecretAttributes;
import io.github.ldapkv.ldif.LdifLines.Line;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of an LDIF file (RFC 2849), one by one. What cannot be read of one
 * does not keep the next from being read.
 */
final class LdifRecords {

	private static final String DN = "dn";

	private final LdifLines lines;

	private final DistinguishedName base;

	private final DirectorySchema schema;

	private boolean begun;

	/**
	 * Begins to read.
	 * @param reader the file; it is not closed
	 * @param base the absolute key that all entries have to be under
	 * @param schema knows the attribute types of names
	 */
	LdifRecords(Reader reader, DistinguishedName base, DirectorySchema schema) {
		this.lines = new LdifLines(reader);
		this.base = base;
		this.schema = schema;
	}

	/**
	 * Reads the next entry.
	 * @return the entry, or {@code null} at the end of the file
	 * @throws LdifRecordException if this one cannot be read; the next can
	 * @throws IllegalArgumentException if the file is none of entries; the message names
	 * the line
	 */
	@Nullable LdifRecord next() throws IOException {
		List<Line> record = nextLines();
		return record.isEmpty() ? null : read(record);
	}

	/**
	 * The lines up to the next empty one. Before a record a line that only looks empty
	 * separates nothing; inside of one it belongs to the line above.
	 */
	private List<Line> nextLines() throws IOException {
		List<Line> record = new ArrayList<>();
		for (Line line = this.lines.next(); line != null; line = this.lines.next()) {
			if (record.isEmpty() ? line.text().isBlank() : line.text().isEmpty()) {
				if (!record.isEmpty()) {
					break;
				}
			}
			else if (!line.isComment() && !isVersion(line)) {
				record.add(line);
			}
		}
		return record;
	}

	private boolean isVersion(Line line) {
		boolean version = !this.begun && line.isNamed("version");
		this.begun = true;
		if (version && !"1".equals(line.rest().strip())) {
			throw new IllegalArgumentException(LdifRecordException.PREFIX.formatted(line.number())
					+ "it asks for another version of LDIF than 1.");
		}
		return version;
	}

	private LdifRecord read(List<Line> record) {
		refuseChanges(record);
		Line first = record.get(0);
		if (!first.isNamed(DN)) {
			throw new LdifRecordException(first.number(), "an entry begins with 'dn:', and this does not.");
		}
		DistinguishedName key = key(first);
		Map<String, List<Object>> attributes = new LinkedHashMap<>();
		long size = first.text().length();
		for (Line line : record.subList(1, record.size())) {
			if (line.isNamed(DN)) {
				throw new LdifRecordException(line.number(), "a 'dn:' stands inside of the entry that begins on line "
						+ first.number() + ". An empty line, without a blank in it, goes before each entry.");
			}
			attributes.computeIfAbsent(name(line), (name) -> new ArrayList<>(1)).add(value(line));
			size += line.text().length();
		}
		LdapValue value = withClassesByName(LdapValue.ofServer(attributes));
		if (key.isRoot()) {
			throw new LdifRecordException(first.number(), "the root of the tree cannot be written.");
		}
		try {
			refuseContradiction(key, value);
		}
		catch (IllegalArgumentException ex) {
			throw new LdifRecordException(first.number(), ex);
		}
		return new LdifRecord(first.number(), new Target(Operation.of(Verb.LOAD, key, key), key), value, size);
	}

	private static void refuseContradiction(DistinguishedName key, LdapValue value) {
		for (Rdn.Ava ava : key.rdns().get(key.depth() - 1).avas()) {
			if (value.has(ava.type())) {
				NamingCheck.check(() -> Excerpt.of(key), ava, ava.type(), LdifRecord.values(value, ava.type()),
						() -> shown(value, ava.type()), null);
			}
		}
	}

	private static String shown(LdapValue value, String name) {
		return SecretAttributes.contains(name) ? "[***]"
				: LdifRecord.values(value, name)
					.stream()
					.map((one) -> (one instanceof byte[] bytes) ? "<" + bytes.length + " bytes>"
							: Excerpt.printable(one.toString()))
					.toList()
					.toString();
	}

	/**
	 * Not every server knows that attribute by its number.
	 */
	private static LdapValue withClassesByName(LdapValue value) {
		if (!value.has(ObjectClasses.NUMBER) || value.has(ObjectClasses.ATTRIBUTE)) {
			return value;
		}
		return value.toBuilder()
			.without(ObjectClasses.NUMBER)
			.set(ObjectClasses.ATTRIBUTE, LdifRecord.values(value, ObjectClasses.NUMBER).toArray())
			.build();
	}

	private static void refuseChanges(List<Line> record) {
		for (Line line : record) {
			if (line.isNamed("changetype") || line.isNamed("control")) {
				throw new IllegalArgumentException(LdifRecordException.PREFIX.formatted(line.number()) + "'"
						+ line.name() + ":' makes a change record (RFC 2849) of what follows 'dn:'. "
						+ "Only entries are loaded: apply changes with a tool such as ldapmodify.");
			}
		}
	}

	/**
	 * The absolute key. Under the base it has the base's own spelling, so that it is
	 * taken for an absolute one.
	 */
	private DistinguishedName key(Line line) {
		if (!(value(line) instanceof String dn)) {
			throw new LdifRecordException(line.number(), "the DN is no UTF-8.");
		}
		DistinguishedName key;
		try {
			key = DistinguishedName.ofServerDn(dn);
		}
		catch (IllegalArgumentException ex) {
			throw new LdifRecordException(line.number(), String.valueOf(ex.getMessage()));
		}
		if (key.depth() < this.base.depth()
				|| !key.first(this.base.depth()).startsWith(this.base) && !isBase(key.first(this.base.depth()))) {
			throw new LdifRecordException(line.number(), "the DN '" + Excerpt.of(dn)
					+ "' does not lie under the base of the store, '" + Excerpt.of(this.base.dn()) + "'");
		}
		return this.base.append(key.withoutFirst(this.base.depth()));
	}

	/**
	 * Whether a key is the base by other names of its attribute types.
	 */
	private boolean isBase(DistinguishedName key) {
		return EqualityRule.name(key, this.schema).equals(EqualityRule.name(this.base, this.schema));
	}

	private static String name(Line line) {
		String name = line.name();
		if (name == null) {
			throw new LdifRecordException(line.number(), "it has no colon after the name of an attribute.");
		}
		if (!AttributeNames.isDescriptionOfServer(name)) {
			throw new LdifRecordException(line.number(), "'" + Excerpt.of(name) + "' is not an attribute name.");
		}
		return name;
	}

	/**
	 * The text after a colon, or the bytes after two. Bytes that are text are made text,
	 * which is the same on the wire. What the line says may be a secret, and is not
	 * shown.
	 */
	private static Object value(Line line) {
		String rest = line.rest();
		if (rest.startsWith("<")) {
			throw new LdifRecordException(line.number(),
					"the value is to come from a URL, which is not read. Put the value there, in base64.");
		}
		if (!rest.startsWith(":")) {
			return checked(line, rest.substring(leadingSpaces(rest)));
		}
		try {
			byte[] bytes = Base64.getDecoder().decode(rest.substring(1).strip());
			String text = Octets.decode(bytes);
			return (text != null) ? text : bytes;
		}
		catch (IllegalArgumentException ex) {
			throw new LdifRecordException(line.number(), "what follows two colons is no base64.");
		}
	}

	private static String checked(Line line, String text) {
		if (Octets.halfOfPair(text) >= 0) {
			throw new LdifRecordException(line.number(), Octets.HALF_OF_PAIR + ".");
		}
		return text;
	}

	private static int leadingSpaces(String text) {
		int spaces = 0;
		while (spaces < text.length() && text.charAt(spaces) == ' ') {
			spaces++;
		}
		return spaces;
	}

}
