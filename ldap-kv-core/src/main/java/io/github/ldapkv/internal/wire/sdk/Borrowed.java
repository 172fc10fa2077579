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

package io.github.ldapkv.internal.wire.sdk;

/**
 * What is lent by the store's own pool: a connection, until it is given back.
 */
public interface Borrowed {

	/**
	 * The connection.
	 * @throws IllegalStateException if it was given back
	 */
	SdkConnection connection();

	/**
	 * The stream that the connection is borrowed for, if it is for one, asks for its next
	 * entries.
	 */
	void fetching();

	/**
	 * It has its next entries.
	 */
	void fetched();

	/**
	 * The call fails on this connection, and is tried once more on another one.
	 */
	void retried();

	/**
	 * The connection was lost after a write, of which nobody knows whether it was done.
	 */
	void outcomeUnknown();

	/**
	 * The server has done a write.
	 */
	void written();

	/**
	 * The server has refused a write as a replica does.
	 * @return why it was asked, if the servers that are wanted more do not answer; or
	 * empty
	 */
	String refusedAsReplica();

}
