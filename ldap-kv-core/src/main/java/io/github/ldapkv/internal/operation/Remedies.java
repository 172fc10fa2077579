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

package io.github.ldapkv.internal.operation;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ldapkv.internal.wire.ServerResult;

/**
 * What to do about a result code.
 */
public final class Remedies {

	private static final Map<Integer, String> BY_CODE = Map.ofEntries(
			Map.entry(1,
					"Active Directory answers so before a bind: set spring.ldap.username and spring.ldap.password."),
			Map.entry(2,
					"The server does not know such a request. If the store starts TLS (ldapkv.start-tls), this port does "
							+ "not offer that: use ldaps:// with the port that speaks TLS."),
			Map.entry(3, "Make the query narrower, or raise the server's time limit."),
			Map.entry(4,
					"Nothing is returned rather than a part. Make the query narrower, or raise the server's limit for "
							+ "this account (OpenLDAP: olcSizeLimit or olcLimits; 389: nsSizeLimit; "
							+ "Active Directory: MaxPageSize). Where it holds for each page, as on 389 and OpenDJ, lower "
							+ "ldapkv.page-size."),
			Map.entry(8, "Use ldaps:// or StartTLS."),
			Map.entry(10, "The entry is on another server: connect to that one, or raise the base."),
			Map.entry(11,
					"The server gave up: make the query narrower, add an index for its filter, or raise the server's limit "
							+ "for this account (389: nsLookThroughLimit and nsPagedLookThroughLimit; OpenDJ: "
							+ "ds-rlim-lookthrough-limit)."),
			Map.entry(12, "The server lacks an extension that this operation needs."),
			Map.entry(13, "Use ldaps:// or StartTLS."),
			Map.entry(16, "The entry does not have the attribute, or the schema does not know it: check its spelling."),
			Map.entry(17, "The server's schema does not know an attribute: check its spelling and the schema."),
			Map.entry(18, "The filter compares an attribute in a way that its type does not support."),
			Map.entry(19, "A value breaks a rule of the server, or the attribute is maintained by the server."),
			Map.entry(20, "A value stands twice in an attribute."),
			Map.entry(21,
					"A value is not of the form that its attribute's syntax asks for, or an object class is "
							+ "unknown to the server's schema."),
			Map.entry(34,
					"The server does not accept a name: check the attribute types in the key, and that the user name "
							+ "of the account is a full DN."),
			Map.entry(48, "Check how the server lets this account authenticate."),
			Map.entry(49,
					"Check the user name, which is a full DN on most servers, and the password. Many servers say the same of an "
							+ "account that is locked, or whose password has expired."),
			Map.entry(50, "Grant the account the right on the server, or use another account."),
			Map.entry(51, "Try again later."), Map.entry(52, "Try again later."),
			Map.entry(53,
					"The server refuses the operation as such. If it speaks of a superior or a naming context, the DN "
							+ "lies under no suffix of this server: check the base."),
			Map.entry(64,
					"The name breaks a naming rule: the attribute in the key must be one that the object class "
							+ "allows, and the value must hold it."),
			Map.entry(65,
					"Check the attributes against the object classes: each needs one that allows it, and each "
							+ "required one must be there."),
			Map.entry(66, "The entry has children: delete those first."),
			Map.entry(67, "The attribute is part of the entry's name and cannot be changed by a write."),
			Map.entry(68, "There is such an entry already."),
			Map.entry(69,
					"What an entry is, its structural object class, cannot be changed: create another "
							+ "entry. Auxiliary object classes can be added and removed."),
			Map.entry(80,
					"The server's log may tell more. OpenLDAP says this of a key whose last component is longer than "
							+ "some 240 bytes."),
			Map.entry(122, "The entry changed since it was read: read it again."));

	/**
	 * The reason inside Active Directory's answer to a bind.
	 */
	private static final Pattern BIND_DATA = Pattern.compile("\\bdata ([0-9a-f]{3,8})\\b");

	private static final Map<String, String> BY_BIND_DATA = Map.of("525",
			"There is no such user: Active Directory takes a DN, DOMAIN\\user or user@domain.", "52e",
			"The password is wrong.", "530", "The account may not log on at this time: change its logon hours.", "531",
			"The account may not log on from this machine: change where it may.", "532",
			"The password has expired: set a new one, or let it not expire.", "533", "The account is disabled.", "701",
			"The account has expired: extend it.", "773",
			"The user must change the password first: do that, or take the mark off the account.", "775",
			"The account is locked.");

	/**
	 * What some servers mean by a code is in their words.
	 */
	private static final Map<Pattern, String> BY_WORDS = Map.of(Pattern.compile("^(0000001F|00002035: setup_io)"),
			"If this writes a password: Active Directory takes one over ldaps:// or StartTLS only, and as bytes: "
					+ "the password in double quotes, in UTF-16LE.",
			Pattern.compile("^0000052D"),
			"The password does not keep to the rules for its length, its characters, its age or its history.",
			Pattern.compile("^00000056"), "The old password is wrong.", Pattern.compile("^000020B5"),
			"A value names an entry that is missing: check the DNs among the values.",
			Pattern.compile("Operations are restricted to bind"),
			"The account has to change its password first: put userPassword to its entry as itself.",
			Pattern.compile("(?i)paged ?results.*size"),
			"The server allows smaller pages only: lower ldapkv.page-size (OpenLDAP: size.pr of olcLimits).",
			Pattern.compile("requires ;binary transfer"),
			"The name of the attribute has to end in ';binary' (RFC 4523).");

	/**
	 * What 389 says, with codes of other meanings, to an account that it does not let in.
	 */
	private static final Map<Pattern, String> BY_REFUSED_ACCOUNT = Map.of(
			Pattern.compile("Exceed password retry limit"),
			"The account is locked, since too many wrong passwords were given for it.",
			Pattern.compile("Account inactivated"), "The account is disabled.", Pattern.compile("password expired"),
			"The password has expired.");

	private Remedies() {
	}

	/**
	 * Whether the server refuses the account, and not what it was asked to do.
	 */
	static boolean refusesAccount(ServerResult result) {
		return byWords(BY_REFUSED_ACCOUNT, result).isPresent();
	}

	private static Optional<String> byWords(Map<Pattern, String> remedies, ServerResult result) {
		return remedies.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().matcher(result.diagnostic()).find())
			.map(Map.Entry::getValue)
			.findFirst();
	}

	public static String of(ServerResult result) {
		if (result.code() == 49) {
			Matcher matcher = BIND_DATA.matcher(result.diagnostic());
			if (matcher.find() && BY_BIND_DATA.containsKey(matcher.group(1))) {
				return BY_BIND_DATA.get(matcher.group(1));
			}
		}
		return byWords(BY_WORDS, result).or(() -> byWords(BY_REFUSED_ACCOUNT, result))
			.orElseGet(() -> BY_CODE.getOrDefault(result.code(), ""));
	}

}
