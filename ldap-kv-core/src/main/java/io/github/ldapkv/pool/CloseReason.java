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

package io.github.ldapkv.pool;

/**
 * Why a connection of a pool was closed.
 */
public enum CloseReason {

	/**
	 * Nobody used it for too long.
	 */
	IDLE,

	/**
	 * It was too old.
	 */
	AGE,

	/**
	 * A call failed on it.
	 */
	BROKEN,

	/**
	 * It had ended, as was found before it was used.
	 */
	ENDED,

	/**
	 * It was to a server that is not the one that is wanted most.
	 */
	MOVED,

	/**
	 * It was asked for outside of the pool, and whoever did has closed it; or it was
	 * opened to see whether a server answers.
	 */
	DONE,

	/**
	 * The pool was closed.
	 */
	POOL

}
