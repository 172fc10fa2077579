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

package io.github.ldapkv.internal.schema;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.schema.AttributeSyntaxDefinition;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.AttributeUsage;
import com.unboundid.ldap.sdk.schema.Schema;
import io.github.ldapkv.internal.text.AttributeDescription;
import io.github.ldapkv.internal.text.AttributeNames;
import org.jspecify.annotations.Nullable;

/**
 * What the server's schema says of attributes. Where the server hides its schema, common
 * knowledge stands in.
 */
public final class DirectorySchema {

	/**
	 * Syntaxes whose values are not text (RFC 4517, RFC 4523, Active Directory's security
	 * descriptor, and OpenDJ's password, which is an octet string elsewhere).
	 */
	private static final Set<String> BINARY_SYNTAXES = Set.of("1.3.6.1.4.1.1466.115.121.1.4",
			"1.3.6.1.4.1.1466.115.121.1.5", "1.3.6.1.4.1.1466.115.121.1.8", "1.3.6.1.4.1.1466.115.121.1.9",
			"1.3.6.1.4.1.1466.115.121.1.10", "1.3.6.1.4.1.1466.115.121.1.23", "1.3.6.1.4.1.1466.115.121.1.28",
			"1.3.6.1.4.1.1466.115.121.1.40", "1.3.6.1.4.1.1466.115.121.1.49", "1.2.840.113556.1.4.907",
			"1.3.6.1.4.1.26027.1.3.1");

	/**
	 * Binary attributes that are in wide use, in lower case.
	 */
	private static final Set<String> KNOWN_BINARY = Set.of("audio", "photo", "jpegphoto", "thumbnailphoto",
			"thumbnaillogo", "personalsignature", "userpassword", "usercertificate", "usersmimecertificate",
			"userpkcs12", "cacertificate", "authorityrevocationlist", "certificaterevocationlist",
			"deltarevocationlist", "crosscertificatepair", "x500uniqueidentifier", "supportedalgorithms",
			"javaserializeddata", "objectguid", "objectsid", "sidhistory", "tokengroups", "ntsecuritydescriptor",
			"msexchmailboxguid", "logonhours", "krbprincipalkey", "krbextradata", "replicationsignature",
			"schemaidguid", "attributesecurityguid", "dnsrecord", "msds-generationid");

	/**
	 * Attributes that nobody but a server can write, whatever its schema is, in lower
	 * case (RFC 4512, sections 3.4 and 4.2, RFC 4530, RFC 5020, X.501).
	 */
	private static final Set<String> KNOWN_MAINTAINED = Set.of("createtimestamp", "modifytimestamp", "creatorsname",
			"modifiersname", "subschemasubentry", "structuralobjectclass", "governingstructurerule", "entryuuid",
			"entrydn", "entrycsn", "contextcsn", "hassubordinates", "numsubordinates");

	private static final String NAME_SYNTAX = "1.3.6.1.4.1.1466.115.121.1.12";

	private static final Set<String> IGNORE_CASE = Set.of("caseignorematch", "2.5.13.2", "caseignoreia5match",
			"1.3.6.1.4.1.1466.109.114.2");

	private static final Set<String> IGNORE_CASE_SUBSTRINGS = Set.of("caseignoresubstringsmatch", "2.5.13.4",
			"caseignoreia5substringsmatch", "1.3.6.1.4.1.1466.109.114.3");

	/**
	 * What stands for a schema that is hidden.
	 */
	private static final Schema NOTHING = new Schema(new Entry("cn=schema"));

	private static final DirectorySchema HIDDEN = new DirectorySchema(NOTHING, Set.of());

	private final Schema schema;

	private final boolean hidden;

	private final boolean activeDirectory;

	/**
	 * Attributes that are bytes whatever the schema says, in lower case.
	 */
	private final Set<String> binary;

	private final AttributeDescriptions descriptions;

	private DirectorySchema(Schema schema, Set<String> binary) {
		this.schema = schema;
		this.hidden = schema == NOTHING;
		this.binary = binary;
		this.activeDirectory = ActiveDirectorySchema.is(schema);
		this.descriptions = new AttributeDescriptions(schema, this::isBinary);
	}

	/**
	 * The schema that stands in the server's subschema entry.
	 */
	public static DirectorySchema of(Entry subschema) {
		return new DirectorySchema(new Schema(SchemaCircles.takeOut(subschema)), Set.of());
	}

	/**
	 * What is known of a server that hides its schema.
	 */
	public static DirectorySchema hidden() {
		return HIDDEN;
	}

	/**
	 * Takes more attributes for bytes than the schema does.
	 * @param names the names of the attributes in lower case
	 */
	public DirectorySchema withBinary(Set<String> names) {
		return new DirectorySchema(this.schema, names);
	}

	/**
	 * How many attribute types it has.
	 */
	public int attributeTypes() {
		return this.schema.getAttributeTypes().size();
	}

	/**
	 * How many object classes it has.
	 */
	public int objectClasses() {
		return this.schema.getObjectClasses().size();
	}

	/**
	 * What it says of an attribute that was read.
	 */
	public AttributeDescription description(String name) {
		return this.descriptions.get(name);
	}

	/**
	 * Whether values of an attribute are bytes. The option {@code binary} says so too
	 * (RFC 4522).
	 */
	public boolean isBinary(String description) {
		String name = AttributeNames.lower(description);
		String type = AttributeNames.typeOf(name);
		if (this.binary.contains(type) || this.binary.contains(name)
				|| type.length() < name.length() && AttributeNames.options(name).contains("binary")) {
			return true;
		}
		AttributeTypeDefinition definition = definition(type);
		String syntax = (definition != null) ? definition.getBaseSyntaxOID(this.schema) : null;
		if (syntax == null) {
			return KNOWN_BINARY.contains(type);
		}
		return BINARY_SYNTAXES.contains(syntax) || isNotHumanReadable(syntax);
	}

	/**
	 * Whether nobody but the server writes an attribute of an entry: it maintains it, or
	 * shows in it what stands in another entry (RFC 3671).
	 */
	public boolean isServerMaintained(String type) {
		// Active Directory's schema calls them so, as it changes few of them later.
		if (AttributeNames.isObjectClass(type)) {
			return false;
		}
		AttributeTypeDefinition definition = definition(type);
		if (definition == null) {
			return this.hidden && KNOWN_MAINTAINED.contains(AttributeNames.lower(type));
		}
		return definition.isNoUserModification() || definition.isCollective()
				|| this.activeDirectory && ActiveDirectorySchema.maintains(type);
	}

	/**
	 * Whether an attribute is not one of those that users deal with.
	 */
	public boolean isOperational(String type) {
		AttributeTypeDefinition definition = definition(type);
		return definition != null && definition.isOperational();
	}

	/**
	 * Whether the values of an attribute differ from server to server (RFC 4512, section
	 * 4.1.2).
	 */
	public boolean isOfOneServer(String type) {
		AttributeTypeDefinition definition = definition(type);
		return definition != null && definition.getUsage() == AttributeUsage.DSA_OPERATION;
	}

	/**
	 * Whether the schema has no such attribute.
	 */
	public boolean isUnknown(String type) {
		return !this.hidden && definition(type) == null;
	}

	/**
	 * Whether the server takes the values that it shows of an attribute back.
	 */
	public boolean isWritable(String name, List<Object> values) {
		return !this.activeDirectory || ActiveDirectorySchema.takes(name, values);
	}

	/**
	 * Whether the server gives an attribute to every entry of a kind, so that an entry is
	 * not the worse for having it.
	 */
	public boolean isAddedByServer(String type) {
		return this.activeDirectory && ActiveDirectorySchema.adds(type);
	}

	/**
	 * Whether an attribute can be sent with a new entry.
	 */
	public boolean isCreatable(String name, List<Object> values) {
		return !this.activeDirectory || ActiveDirectorySchema.isCreatable(name, values);
	}

	/**
	 * Whether an attribute in the name of an entry can hold nothing but what the name
	 * says.
	 */
	public boolean isFixedByName(String type) {
		return this.activeDirectory || isSingleValued(type);
	}

	/**
	 * Whether an equality filter finds every value that equals the asserted one but for
	 * case and space.
	 */
	public boolean hasEqualityIgnoringCase(String type) {
		AttributeTypeDefinition definition = definition(type);
		return definition != null && (contains(IGNORE_CASE, definition.getEqualityMatchingRule(this.schema))
				|| ignoresCaseUnasked(definition));
	}

	/**
	 * The one name of an attribute type that may have several.
	 */
	public String nameOf(String type) {
		AttributeTypeDefinition definition = definition(type);
		return (definition != null) ? definition.getNameOrOID() : type;
	}

	/**
	 * Calls an attribute by its name that is given by its number. The embedded directory
	 * takes the number for another attribute.
	 */
	public String named(String description) {
		String type = AttributeNames.typeOf(description);
		return Character.isDigit(type.charAt(0)) ? nameOf(type) + description.substring(type.length()) : description;
	}

	/**
	 * What all descriptions of an attribute share, whatever name of its type they use.
	 */
	public String keyOf(String description) {
		String type = AttributeNames.typeOf(description);
		return (type.length() == description.length()) ? AttributeNames.lower(nameOf(type))
				: AttributeNames.key(nameOf(type) + description.substring(type.length()));
	}

	/**
	 * When the server takes two values of an attribute for equal.
	 */
	public EqualityRule equality(String type) {
		AttributeTypeDefinition definition = definition(type);
		if (definition == null) {
			return EqualityRule.OCTETS;
		}
		String rule = definition.getEqualityMatchingRule(this.schema);
		if (rule != null) {
			return EqualityRule.named(rule, this);
		}
		if (ignoresCaseUnasked(definition)) {
			return EqualityRule.IGNORE_CASE;
		}
		String syntax = definition.getBaseSyntaxOID(this.schema);
		return (this.activeDirectory || NAME_SYNTAX.equals(syntax)) ? EqualityRule.ofSyntax(syntax, this)
				: EqualityRule.OCTETS;
	}

	/**
	 * Whether single values of an attribute can be told apart by the server.
	 */
	public boolean hasEquality(String type) {
		AttributeTypeDefinition definition = definition(type);
		return definition == null || this.activeDirectory || definition.getEqualityMatchingRule(this.schema) != null;
	}

	/**
	 * Whether the server keeps an attribute from having more than one value.
	 */
	public boolean isSingleValued(String type) {
		AttributeTypeDefinition definition = definition(type);
		return definition != null && definition.isSingleValued();
	}

	/**
	 * Whether a substring filter finds every value that matches the asserted parts but
	 * for case and space.
	 */
	public boolean hasSubstringsIgnoringCase(String type) {
		AttributeTypeDefinition definition = definition(type);
		return definition != null && (contains(IGNORE_CASE_SUBSTRINGS, definition.getSubstringMatchingRule(this.schema))
				|| ignoresCaseUnasked(definition));
	}

	private boolean ignoresCaseUnasked(AttributeTypeDefinition definition) {
		String syntax = definition.getBaseSyntaxOID(this.schema);
		return this.activeDirectory && syntax != null && ActiveDirectorySchema.ignoresCase(syntax);
	}

	/**
	 * What breaks the schema; it has nothing to say of a schema that is hidden.
	 */
	public SchemaCheck check() {
		return new SchemaCheck(this.schema, (type) -> isServerMaintained(type) || isAddedByServer(type));
	}

	public boolean isHidden() {
		return this.hidden;
	}

	private boolean isNotHumanReadable(String syntax) {
		AttributeSyntaxDefinition definition = this.schema.getAttributeSyntax(syntax);
		String[] values = (definition != null) ? definition.getExtensions().get("X-NOT-HUMAN-READABLE") : null;
		// ApacheDS has it on every syntax, with the value false on those of texts.
		return values != null && values.length > 0 && "true".equalsIgnoreCase(values[0]);
	}

	private @Nullable AttributeTypeDefinition definition(String type) {
		return this.schema.getAttributeType(type);
	}

	private static boolean contains(Set<String> rules, @Nullable String rule) {
		return rule != null && rules.contains(rule.toLowerCase(Locale.ROOT));
	}

	/**
	 * The names, in every spelling of the schema, of the binary attributes.
	 */
	public Set<String> binaryNames() {
		Set<String> names = new TreeSet<>(KNOWN_BINARY);
		names.removeIf((name) -> definition(name) != null);
		names.addAll(this.binary);
		for (AttributeTypeDefinition definition : this.schema.getAttributeTypes()) {
			if (isBinary(definition.getOID())) {
				names.add(definition.getOID());
				for (String name : definition.getNames()) {
					names.add(AttributeNames.lower(name));
				}
			}
		}
		return names;
	}

}
