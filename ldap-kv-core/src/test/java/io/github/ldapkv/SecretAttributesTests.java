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

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which values are never shown.
 */
class SecretAttributesTests {

	/**
	 * Names of the schemas of common servers, and of what is added to them.
	 */
	private static final List<String> SECRETS = List.of("userPassword", "2.5.4.35", "userPassword;lang-en",
			"2.5.4.35;x-old", "authPassword", "authPassword;orclcommonpwd", "pwdHistory", "passwordHistory",
			"userPKCS12", "UNICODEPWD", "1.2.840.113556.1.4.90", "dBCSPwd", "lmPwdHistory", "ntPwdHistory",
			"supplementalCredentials", "currentValue", "priorValue", "trustAuthIncoming", "trustAuthOutgoing",
			"initialAuthIncoming", "initialAuthOutgoing", "unixUserPassword", "msSFU30Password", "ms-Mcs-AdmPwd",
			"msLAPS-Password", "msLAPS-EncryptedPassword", "msLAPS-EncryptedPasswordHistory",
			"msLAPS-EncryptedDSRMPassword", "msLAPS-EncryptedDSRMPasswordHistory", "msDS-ManagedPassword",
			"msDS-ExecuteScriptPassword", "msFVE-RecoveryPassword", "msFVE-KeyPackage", "msPKIAccountCredentials",
			"msPKIDPAPIMasterKeys", "msKds-RootKeyData", "pekList", "linkTrackSecret", "privateKey",
			"msAscendSendPasswd", "sambaClearTextPassword", "sambaPreviousClearTextPassword", "sambaNTPassword",
			"sambaLMPassword", "sambaPasswordHistory", "sambaCurrentTrustPassword", "1.3.6.1.4.1.7165.2.1.25",
			"lmPassword", "ntPassword", "krb5Key", "krbMKey", "krbPrincipalKey", "krbPwdHistory", "ipaNTHash",
			"ipaNTTrustAuthIncoming", "ipaTokenOTPkey", "ipaTokenRadiusSecret", "ipaIdpClientSecret",
			"nsds5ReplicaCredentials", "nsDS5ReplicaBootstrapCredentials", "nsslapd-rootpw", "nsmultiplexorcredentials",
			"nsSymmetricKey", "nsBindPassword", "dnaRemoteBindCred", "ntUserNtPassword", "netscapeReversiblePassword",
			"olcRootPW", "olcSyncrepl", "olcDbIDAssertBind", "olcDbACLBind", "oathSecret", "oathHOTPSecret",
			"ds-cfg-bind-password", "ds-cfg-key-store-pin", "ds-cfg-trust-store-pin", "ds-pta-cached-password",
			"ds-keystore-private-key", "ds-keystore-secret-key", "ds-cfg-oauth2-token-introspection-client-secret",
			"orclRevPwd", "orclPassword", "nspmPassword", "nspmPasswordKey", "nspmDistributionPassword",
			"sASLoginSecret", "sASLoginSecretKey", "DirXML-NamedPasswords", "zimbraAuthTokenKey", "zimbraPreAuthKey",
			"zimbraSSLPrivateKey", "zimbraTwoFactorAuthSecret", "zimbraDataSourcePassword", "radiusTunnelPassword",
			"radiusClientSecret", "nisSecretKey", "SolarisBindPassword", "dhcpKeySecret", "mailUserPassword",
			"adminPassword", "clientSecret", "wifiPassphrase", "db-passwd");

	private static final List<String> OTHERS = List.of("cn", "uid", "secretary", "description", "pwdPolicySubentry",
			"passwordExpirationTime", "pwdChangedTime", "pwdLastSet", "pwdReset", "pwdHistoryLength", "sambaPwdLastSet",
			"sambaPwdMustChange", "sambaPwdHistoryLength", "krbLastPwdChange", "krbPasswordExpiration",
			"krbPwdPolicyReference", "krb5KeyVersionNumber", "passwordRetryCount", "passwordKeepHistory", "badPwdCount",
			"badPasswordTime", "msDS-UserPasswordExpiryTimeComputed", "msDS-ManagedPasswordInterval", "olcPasswordHash",
			"olcTLSCertificateKeyFile", "automountKey", "nsSshPublicKey", "sshPublicKey", "nisPublicKey",
			"userCertificate", "primaryGroupToken", "tokenGroups", "serviceCredentialLevel",
			"supportedAuthPasswordSchemes", "keywords", "2.5.4.3", "2.5.4.3.35");

	@Test
	void secretsAreNotPrinted() {
		assertThat(SECRETS).allSatisfy((name) -> {
			assertThat(LdapValue.of(Map.of(name, "s3cret")).toString()).isEqualTo("[" + name + "=[***]]");
			assertThat(new LdapPatch().add(name, "s3cret").toString()).doesNotContain("s3cret");
			assertThat(
					new LdapEntry(LdapKey.of("/cn=x"), "cn=x", LdapValue.of(Map.of(name, "s3cret")), null).toString())
				.doesNotContain("s3cret");
		});
	}

	@Test
	void whatOnlyTellsOfASecretIsPrinted() {
		assertThat(OTHERS).allSatisfy((name) -> assertThat(LdapValue.of(Map.of(name, "shown")).toString())
			.isEqualTo("[" + name + "=[shown]]"));
	}

	@Test
	void bytesArePrintedByTheirNumber() {
		assertThat(LdapValue.of(Map.of("jpegPhoto", new byte[3]))).hasToString("[jpegPhoto=[<3 bytes>]]");
	}

}
