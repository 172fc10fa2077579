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

package io.github.ldapkv.benchmark;

/**
 * What a peer did in a turn.
 *
 * @param sitting in which sitting the turn was, from 0
 * @param speed calls in a second
 * @param calls how many calls there were
 * @param processor microseconds of processor time of this process
 * @param allocated bytes that this process allocated, {@code NaN} if unknown
 */
record Score(int sitting, double speed, double calls, double processor, double allocated) {

	boolean hasAllocated() {
		return !Double.isNaN(this.allocated);
	}

}
