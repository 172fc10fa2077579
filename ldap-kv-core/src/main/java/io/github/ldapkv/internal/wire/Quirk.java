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

package io.github.ldapkv.internal.wire;

/**
 * What a server does that no standard foresees, and that the store has to mind.
 */
public enum Quirk {

	/**
	 * A write of a transaction that is not quite over when the transaction ends takes the
	 * server down (OpenLDAP, at least up to 2.6.14).
	 */
	CRASHES_AT_THE_END_OF_A_TRANSACTION,

	/**
	 * A search that asks for pages ends with the first one, without a cookie (ApacheDS).
	 */
	LOSES_PAGES,

	/**
	 * A search that asks for pages finds nothing below a base that is missing, and says
	 * so only if it does not ask for pages (389 Directory Server).
	 */
	HIDES_A_MISSING_BASE,

	/**
	 * A search shows no subentries, such as the definitions of virtual attributes, unless
	 * its filter names them (389 Directory Server). Others take a control for that (RFC
	 * 3672).
	 */
	HIDES_SUBENTRIES,

	/**
	 * To add an object class that is there is an error, however permissive the request is
	 * (Samba).
	 */
	MINDS_OBJECT_CLASSES,

	/**
	 * An entry has its own DN in {@code distinguishedName}, and not in {@code entryDN} of
	 * RFC 5020 (Active Directory).
	 */
	HAS_A_NAME_OF_ITS_OWN_FOR_THE_DN,

	/**
	 * Each server counts the versions of its entries on its own (Active Directory, 389
	 * Directory Server).
	 */
	VERSIONS_ARE_OF_ONE_SERVER,

	/**
	 * All writes of a millisecond leave the same version (the embedded directory).
	 */
	VERSIONS_ARE_TIMES

}
