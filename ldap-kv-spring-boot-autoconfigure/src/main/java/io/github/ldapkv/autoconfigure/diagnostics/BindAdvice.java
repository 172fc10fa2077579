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

package io.github.ldapkv.autoconfigure.diagnostics;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to do if a server refuses an account. Active Directory answers all refusals alike,
 * and has the reason as a number in its words.
 */
final class BindAdvice {

	private static final Pattern REASON = Pattern.compile("\\bdata ([0-9a-f]{3,8})\\b");

	private static final Map<String, String> BY_REASON = Map.of("525",
			"Active Directory knows no such user: it takes a DN, DOMAIN\\user or user@domain.", "52e",
			"Active Directory says that the password is wrong.", "530",
			"Active Directory does not let the account log on at this time: change its logon hours.", "531",
			"Active Directory does not let the account log on from this machine: change where it may.", "532",
			"Active Directory says that the password has expired: set a new one, or let it not expire.", "533",
			"Active Directory says that the account is disabled: enable it.", "701",
			"Active Directory says that the account has expired: extend it.", "773",
			"Active Directory wants the password to be changed first: do that, or take the mark off the account.",
			"775",
			"Active Directory has locked the account: unlock it, and find out who tries it with a wrong password.");

	private BindAdvice() {
	}

	/**
	 * Says what to do.
	 * @param directory what is configured
	 * @param answer what the server says
	 */
	static String of(ConfiguredDirectory directory, String answer) {
		Matcher matcher = REASON.matcher(answer);
		String reason = matcher.find() ? BY_REASON.getOrDefault(matcher.group(1), "") : "";
		return (reason.isEmpty() ? "" : reason + " ") + "Check '" + directory.usernameName()
				+ "', which is a full DN on most servers, and '" + directory.passwordName() + "'.";
	}

}
