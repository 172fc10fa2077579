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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.sdk.LDAPConnection;
import io.github.ldapkv.testserver.EmbeddedDirectory;
import io.github.ldapkv.testserver.OpenLdapContainer;
import io.github.ldapkv.testserver.TestDirectory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An entry that describes a Java object (RFC 2713) is data: JNDI would make the object of
 * it, and so run what the writer of the entry wants.
 */
class JavaObjectTests {

	private static final String NAME = "( 1.3.6.1.4.1.42.2.27.4.1.6 NAME 'javaClassName' "
			+ "EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )";

	private static final String DATA = "( 1.3.6.1.4.1.42.2.27.4.1.8 NAME 'javaSerializedData' "
			+ "SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )";

	private static final String FACTORY = "( 1.3.6.1.4.1.42.2.27.4.1.10 NAME 'javaFactory' "
			+ "EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )";

	private static final String ADDRESS = "( 1.3.6.1.4.1.42.2.27.4.1.11 NAME 'javaReferenceAddress' "
			+ "EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )";

	private static final String CODEBASE = "( 1.3.6.1.4.1.42.2.27.4.1.7 NAME 'javaCodebase' "
			+ "EQUALITY caseExactIA5Match SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 )";

	private static final String OBJECT = "( 1.3.6.1.4.1.42.2.27.4.2.4 NAME 'javaObject' SUP top AUXILIARY "
			+ "MUST javaClassName MAY ( javaCodebase $ javaSerializedData $ javaFactory $ javaReferenceAddress ) )";

	private static final String SERIALIZED = "( 1.3.6.1.4.1.42.2.27.4.2.5 NAME 'javaSerializedObject' "
			+ "SUP javaObject AUXILIARY MUST javaSerializedData )";

	private static final String REFERENCE = "( 1.3.6.1.4.1.42.2.27.4.2.7 NAME 'javaNamingReference' "
			+ "SUP javaObject AUXILIARY )";

	@Test
	void entriesThatDescribeJavaObjectsAreDataOnTheEmbeddedDirectory() throws Exception {
		try (EmbeddedDirectory directory = new EmbeddedDirectory(); LDAPConnection connection = directory.connect()) {
			connection.modify("dn: cn=schema", "changetype: modify", "add: attributeTypes", "attributeTypes: " + NAME,
					"attributeTypes: " + DATA, "attributeTypes: " + FACTORY, "attributeTypes: " + ADDRESS,
					"attributeTypes: " + CODEBASE, "-", "add: objectClasses", "objectClasses: " + OBJECT,
					"objectClasses: " + SERIALIZED, "objectClasses: " + REFERENCE);
			entriesThatDescribeJavaObjectsAreData(directory);
		}
	}

	@Test
	void entriesThatDescribeJavaObjectsAreDataOnOpenLdap() throws Exception {
		try (OpenLdapContainer directory = new OpenLdapContainer()) {
			directory.start();
			try (LDAPConnection connection = new LDAPConnection(directory.host(), directory.port(),
					"cn=admin,cn=config", "config")) {
				connection.add("dn: cn=java,cn=schema,cn=config", "objectClass: olcSchemaConfig", "cn: java",
						"olcAttributeTypes: " + NAME, "olcAttributeTypes: " + DATA, "olcAttributeTypes: " + FACTORY,
						"olcAttributeTypes: " + ADDRESS, "olcAttributeTypes: " + CODEBASE,
						"olcObjectClasses: " + OBJECT, "olcObjectClasses: " + SERIALIZED,
						"olcObjectClasses: " + REFERENCE);
			}
			entriesThatDescribeJavaObjectsAreData(directory);
		}
	}

	private static void entriesThatDescribeJavaObjectsAreData(TestDirectory directory) throws Exception {
		try (LdapKeyValueTemplate store = new LdapKeyValueTemplate(directory.contextSource())) {
			entriesThatDescribeJavaObjectsAreData(store);
		}
		try (LdapKeyValueTemplate store = directory.store()) {
			entriesThatDescribeJavaObjectsAreData(store);
		}
	}

	private static void entriesThatDescribeJavaObjectsAreData(LdapKeyValueTemplate store) throws Exception {
		LdapKey base = LdapKey.of("/" + TestDirectory.SUFFIX);
		byte[] bomb = Bomb.serialized();
		store.put(base.child("cn", "serialized"), Map.of("objectClass", List.of("person", "javaSerializedObject"), "sn",
				"x", "javaClassName", Bomb.class.getName(), "javaSerializedData", bomb));
		store.put(base.child("cn", "reference"),
				Map.of("objectClass", List.of("person", "javaNamingReference"), "sn", "x", "javaClassName", "x.Y",
						"javaFactory", "x.Factory", "javaReferenceAddress", "#0#url#ldap://localhost:1/cn=x",
						"javaCodebase", "http://localhost:1/"));

		LdapValue serialized = store.getRequired(base.child("cn", "serialized"));
		assertThat(serialized.bytes("javaSerializedData")).hasValue(bomb);
		assertThat(serialized.text("javaClassName")).contains(Bomb.class.getName());
		assertThat(store.getRequired(base.child("cn", "reference")).text("javaReferenceAddress"))
			.contains("#0#url#ldap://localhost:1/cn=x");
		assertThat(store.query(base + "/cn=*")).hasSize(2);
		assertThat(store.keys(KeyQuery.of("/**"))).hasSize(3);
		assertThat(store.count(KeyQuery.of("/**/cn=s*"))).isEqualTo(1);
		assertThat(store.getAll(List.of(base.child("cn", "serialized"), base.child("cn", "reference")))).hasSize(2);
		store.put(base.child("cn", "serialized"), serialized);
		assertThat(store.putIfAbsent(base.child("cn", "reference"), serialized.toBuilder().without("cn").build()))
			.isFalse();
		assertThat(store.delete(base.child("cn", "serialized"))).isTrue();
		assertThat(store.delete(base.child("cn", "reference"))).isTrue();
		assertThat(Bomb.exploded).isFalse();
	}

	/**
	 * Notices that it is made.
	 */
	static final class Bomb implements Serializable {

		private static final long serialVersionUID = 1;

		static volatile boolean exploded;

		static byte[] serialized() throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
				out.writeObject(new Bomb());
			}
			return bytes.toByteArray();
		}

		private void readObject(ObjectInputStream in) {
			exploded = true;
		}

	}

}
