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

package io.github.ldapkv.internal.text;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Attributes whose values must not be shown: passwords, in whatever form, and keys.
 */
public final class SecretAttributes {

	/**
	 * How names of such attributes end, in lower case and without hyphens. What only
	 * tells of a password, as {@code passwordExpirationTime} and {@code pwdLastSet} do,
	 * ends in something else.
	 */
	private static final Pattern TELLING = Pattern.compile("(passwords?|passwds?|passphrase|pwds?|pw|secrets?"
			+ "|secretkey|privatekey|cred|credentials?|(password|pwd)history)$");

	/**
	 * Those whose names do not end so, in lower case and without hyphens.
	 */
	private static final Set<String> OTHERS = Set.of(
			// Active Directory, LAPS, BitLocker
			"currentvalue", "priorvalue", "initialauthincoming", "initialauthoutgoing", "trustauthincoming",
			"trustauthoutgoing", "msfvekeypackage", "mskdsrootkeydata", "mspkidpapimasterkeys",
			"mspkicredentialroamingtokens", "peklist", "msascendsessionsvrkey", "msascenduseracctkey",
			// Kerberos of Heimdal and of MIT
			"krb5key", "krbmkey", "krbprincipalkey",
			// FreeIPA
			"ipanthash", "ipanttrustauthincoming", "ipanttrustauthoutgoing", "ipatokenotpkey",
			// 389 Directory Server
			"nssymmetrickey",
			// OpenLDAP: the password is among other words in these
			"olcsyncrepl", "olcdbidassertbind", "olcdbaclbind", "olcdbpass", "olctlscertificatekey",
			// OpenDJ and what is built on it
			"dscfgkeystorepin", "dscfgtruststorepin", "dscfgsymmetrickey", "oathdeviceprofiles", "pushdeviceprofiles",
			// Oracle
			"orclpasswordverifier",
			// eDirectory
			"nspmpasswordkey", "passwordsused",
			// Zimbra
			"zimbraauthtokens", "zimbraauthtokenkey", "zimbracsrftokenkey", "zimbrapreauthkey",
			"zimbratwofactorauthscratchcodes",
			// Any directory: PKCS #12 has the private key in it
			"userpkcs12");

	/**
	 * The numbers of those above that are in wide use: a number is as good a name (RFC
	 * 4512, section 2.5).
	 */
	private static final Set<String> NUMBERS = Set.of(
			// userPassword, authPassword, pwdHistory, userPKCS12, nisSecretKey
			"2.5.4.35", "1.3.6.1.4.1.4203.1.3.4", "1.3.6.1.4.1.42.2.27.8.1.20", "2.16.840.1.113730.3.1.216",
			"1.3.6.1.1.1.1.29",
			// Active Directory: unicodePwd, dBCSPwd, ntPwdHistory, lmPwdHistory
			"1.2.840.113556.1.4.90", "1.2.840.113556.1.4.55", "1.2.840.113556.1.4.94", "1.2.840.113556.1.4.160",
			// supplementalCredentials, currentValue, priorValue, trustAuthIncoming and
			// -Outgoing, initialAuthIncoming and -Outgoing
			"1.2.840.113556.1.4.125", "1.2.840.113556.1.4.27", "1.2.840.113556.1.4.100", "1.2.840.113556.1.4.129",
			"1.2.840.113556.1.4.135", "1.2.840.113556.1.4.539", "1.2.840.113556.1.4.540",
			// unixUserPassword, privateKey, msFVE-RecoveryPassword, msFVE-KeyPackage,
			// pekList
			"1.2.840.113556.1.4.1910", "1.2.840.113556.1.4.101", "1.2.840.113556.1.4.1964", "1.2.840.113556.1.4.1999",
			"1.2.840.113556.1.4.865",
			// Samba: lmPassword, ntPassword, sambaLMPassword, sambaNTPassword
			"1.3.6.1.4.1.7165.2.1.1", "1.3.6.1.4.1.7165.2.1.2", "1.3.6.1.4.1.7165.2.1.24", "1.3.6.1.4.1.7165.2.1.25",
			// sambaPasswordHistory, sambaClearTextPassword,
			// sambaPreviousClearTextPassword
			"1.3.6.1.4.1.7165.2.1.54", "1.3.6.1.4.1.7165.2.1.68", "1.3.6.1.4.1.7165.2.1.69",
			// krb5Key, krbPrincipalKey, krbPwdHistory, krbMKey
			"1.3.6.1.4.1.5322.10.1.10", "2.16.840.1.113719.1.301.4.39.1", "2.16.840.1.113719.1.301.4.44.1",
			"2.16.840.1.113719.1.301.4.46.1",
			// 389: nsDS5ReplicaCredentials, the same for the first time, nsSymmetricKey,
			// passwordHistory
			"2.16.840.1.113730.3.1.582", "2.16.840.1.113730.3.1.2372", "2.16.840.1.113730.3.1.2084",
			"2.16.840.1.113730.3.1.96",
			// radiusTunnelPassword, radiusClientSecret
			"1.3.6.1.4.1.3317.4.3.1.37", "1.3.6.1.4.1.3317.4.3.1.64");

	private SecretAttributes() {
	}

	/**
	 * Whether an attribute holds secrets, as far as its name tells.
	 * @param description the attribute type, with options or without
	 */
	public static boolean contains(String description) {
		String type = AttributeNames.lower(AttributeNames.typeOf(description));
		if (NUMBERS.contains(type)) {
			return true;
		}
		String name = type.replace("-", "");
		return OTHERS.contains(name) || TELLING.matcher(name).find();
	}

}
