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

/**
 * What the store can be asked to do.
 */
public enum Verb {

	GET("get", "get"),

	GET_ALL("get all of", "getAll"),

	CONTAINS("look for", "contains"),

	PUT("put", "put"),

	PUT_IF_ABSENT("create", "putIfAbsent"),

	REPLACE("replace", "replace"),

	PATCH("patch", "patch"),

	INCREMENT("increment", "increment"),

	DELETE("delete", "delete"),

	DELETE_TREE("delete the tree of", "deleteTree"),

	MOVE("move", "move"),

	CREATE_PARENTS("create the parents of", "createParents"),

	COMPARE("compare", "ifUnchanged"),

	ATOMICALLY("do", "atomically"),

	QUERY("query", "query"),

	STREAM("stream", "stream"),

	KEYS("list the keys of", "keys"),

	COUNT("count", "count"),

	LOAD("load", "load"),

	SERVER_CAPABILITIES("ask for the root DSE", "serverCapabilities"),

	SCHEMA("read", "schema"),

	CHECK("check", "check"),

	WATCH("watch", "watch");

	private final String words;

	private final String method;

	Verb(String words, String method) {
		this.words = words;
		this.method = method;
	}

	/**
	 * The verb in a message, as in "Could not put".
	 */
	public String words() {
		return this.words;
	}

	/**
	 * The name of the method that was called, for those who count operations.
	 */
	String method() {
		return this.method;
	}

}
