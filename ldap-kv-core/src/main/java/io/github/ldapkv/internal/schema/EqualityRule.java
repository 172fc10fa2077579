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

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.CaseIgnoreStringMatchingRule;
import com.unboundid.ldap.matchingrules.DistinguishedNameMatchingRule;
import com.unboundid.ldap.matchingrules.IntegerMatchingRule;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.matchingrules.TelephoneNumberMatchingRule;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.key.Rdn;
import io.github.ldapkv.internal.key.RdnSequence;
import io.github.ldapkv.internal.text.AttributeNames;
import io.github.ldapkv.internal.text.NameFolding;
import io.github.ldapkv.internal.text.Octets;
import org.jspecify.annotations.Nullable;

/**
 * When a server takes two values of an attribute for equal (RFC 4517, section 4.2). For
 * the use of one thread.
 */
public final class EqualityRule {

	/**
	 * Values are equal if their octets are.
	 */
	public static final EqualityRule OCTETS = new EqualityRule((text) -> text);

	/**
	 * Text that is compared ignoring case and insignificant space, and names of object
	 * classes and the like.
	 */
	static final EqualityRule IGNORE_CASE = new EqualityRule(NameFolding::fold);

	private static final Set<String> IGNORING_CASE = Set.of("caseignorematch", "2.5.13.2", "caseignoreia5match",
			"1.3.6.1.4.1.1466.109.114.2", "objectidentifiermatch", "2.5.13.0", "uuidmatch", "1.3.6.1.1.16.2");

	/**
	 * A DN may be followed by bits that tell apart those who had it one after another
	 * (RFC 4517, section 3.3.21): they are compared as a part of it.
	 */
	private static final Set<String> NAMES_WITH_OPTIONAL_ID = Set.of("uniquemembermatch", "2.5.13.23");

	private static final Pattern ESCAPED = Pattern.compile("[\\\\\";]");

	private final Normalization normalization;

	private EqualityRule(Normalization normalization) {
		this.normalization = normalization;
	}

	/**
	 * The rule of a name.
	 * @param name the name of a matching rule, or its number
	 * @param schema says how the values in a DN are compared
	 * @return the rule; that of octets if it is not known
	 */
	static EqualityRule named(String name, DirectorySchema schema) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (IGNORING_CASE.contains(lower)) {
			return IGNORE_CASE;
		}
		return of(NAMES_WITH_OPTIONAL_ID.contains(lower) ? DistinguishedNameMatchingRule.getInstance()
				: MatchingRule.selectEqualityMatchingRule(name), schema);
	}

	/**
	 * The rule for a syntax whose attributes name none.
	 * @return the rule; that of octets if the syntax is not known
	 */
	static EqualityRule ofSyntax(@Nullable String syntax, DirectorySchema schema) {
		return (syntax != null) ? of(MatchingRule.selectMatchingRuleForSyntax(syntax), schema) : OCTETS;
	}

	private static EqualityRule of(MatchingRule rule, DirectorySchema schema) {
		// The SDK's answer to what it does not know.
		if (rule instanceof CaseIgnoreStringMatchingRule) {
			return OCTETS;
		}
		if (rule instanceof DistinguishedNameMatchingRule) {
			Map<String, String> parents = new HashMap<>();
			return new EqualityRule((text) -> name(text, schema, parents));
		}
		if (rule instanceof IntegerMatchingRule) {
			return new EqualityRule((text) -> new BigInteger(text.strip()).toString());
		}
		// The SDK's own takes all for equal that has the same digits.
		if (rule instanceof TelephoneNumberMatchingRule) {
			return new EqualityRule((text) -> NameFolding.fold(text.replaceAll("[ -]", "")));
		}
		return new EqualityRule((text) -> rule.normalize(new ASN1OctetString(text)).stringValue());
	}

	/**
	 * A DN whose values are brought to the form that those of their types have. Many have
	 * a parent in common, which is read once where nothing is escaped.
	 * @param parents the parents so far
	 */
	private static String name(String dn, DirectorySchema schema, Map<String, String> parents) {
		int end = dn.indexOf(',');
		if (end < 0 || ESCAPED.matcher(dn).find() || dn.substring(end + 1).isBlank()) {
			return name(dn, schema);
		}
		String parent = parents.computeIfAbsent(dn.substring(end + 1), (text) -> name(text, schema));
		return parent + name(dn.substring(0, end), schema);
	}

	private static String name(String dn, DirectorySchema schema) {
		return name(DistinguishedName.ofServerDn(dn), schema);
	}

	/**
	 * The text that all names share which the server takes for one.
	 */
	public static String name(RdnSequence key, DirectorySchema schema) {
		StringBuilder name = new StringBuilder();
		for (Rdn rdn : key.rdns()) {
			name.append('/').append(rdn.avas().stream().map((ava) -> {
				String value = ava.encoded() ? ava.foldedValue()
						: String.valueOf(schema.equality(ava.type()).normalized(ava.value()));
				// With its length nothing in the value can be taken for what follows it.
				return AttributeNames.lower(schema.nameOf(ava.type())) + '=' + value.length() + ':' + value;
			}).sorted().collect(Collectors.joining("+")));
		}
		return name.toString();
	}

	/**
	 * Gives each value the spelling of an equal one that is there. The values that are
	 * there may be many, and are looked at only for those that are not among them as they
	 * are.
	 * @return the values, each once
	 */
	public List<Object> spelledAs(List<Object> there, List<Object> values) {
		List<Object> others = Octets.difference(values, there);
		if (others.isEmpty() || this == OCTETS) {
			return values;
		}
		Map<Object, Object> spellings = new LinkedHashMap<>();
		others.forEach((value) -> spellings.putIfAbsent(normalized(value), value));
		there.forEach((value) -> spellings.replace(normalized(value), value));
		List<Object> spelled = new ArrayList<>(Octets.difference(values, others));
		spelled.addAll(spellings.values());
		return spelled;
	}

	/**
	 * Whether it is known, and not just what is true of all values.
	 */
	public boolean isKnown() {
		return this != OCTETS;
	}

	public boolean areEqual(String text, String other) {
		return normalized(text).equals(normalized(other));
	}

	/**
	 * A value that is none of its syntax is equal to itself only.
	 */
	public Object normalized(Object value) {
		Object comparable = Octets.comparable(value);
		try {
			return (comparable instanceof String text) ? this.normalization.apply(text) : comparable;
		}
		catch (LDAPException | IllegalArgumentException ex) {
			return comparable;
		}
	}

	/**
	 * Brings text to the form that all equal ones have.
	 */
	@FunctionalInterface
	private interface Normalization {

		String apply(String text) throws LDAPException;

	}

}
