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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.ldapkv.internal.operation.FailureTranslator;
import io.github.ldapkv.internal.operation.Operation;
import io.github.ldapkv.internal.operation.Remedies;
import io.github.ldapkv.internal.operation.Verb;
import io.github.ldapkv.internal.wire.ServerResult;
import io.github.ldapkv.pool.PoolStatistics;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of each result code in answer to each operation, and of the connection.
 */
class ResultCodeTests extends LyingServer {

	private static final String MISSING_PARENT = DataIntegrityViolationException.class.getName();

	private static final String UNKNOWN_OUTCOME = UnknownOutcomeException.class.getName();

	/**
	 * RFC 4511, appendix A, without the codes that are no errors.
	 */
	private static final int[] CODES = { 1, 2, 3, 4, 7, 8, 11, 12, 13, 16, 17, 18, 19, 20, 21, 32, 33, 34, 36, 48, 49,
			50, 51, 52, 53, 54, 64, 65, 66, 67, 68, 69, 71, 80 };

	@Test
	void everyCodeOfASearchIsAnExceptionButOne() {
		everyCode(LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_REQUEST, Map.of(32, ""), () -> this.store.get(KEY));
	}

	/**
	 * The entry is there, so that its parent cannot be missing any more.
	 */
	@Test
	void everyCodeOfAnAddIsAnExceptionButTwo() {
		everyCode(LDAPMessage.PROTOCOL_OP_TYPE_ADD_REQUEST, Map.of(68, "", 32, "", 52, UNKNOWN_OUTCOME),
				() -> this.store.putIfAbsent(KEY, Map.of("objectClass", "organizationalUnit")));
	}

	@Test
	void everyCodeOfAModifyIsAnException() {
		everyCode(LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_REQUEST, Map.of(52, UNKNOWN_OUTCOME),
				() -> this.store.patch(KEY, (patch) -> patch.set("description", "x")));
	}

	@Test
	void everyCodeOfADeleteIsAnExceptionButOne() {
		everyCode(LDAPMessage.PROTOCOL_OP_TYPE_DELETE_REQUEST, Map.of(32, "", 52, UNKNOWN_OUTCOME),
				() -> this.store.delete(KEY));
	}

	@Test
	void everyCodeOfAMoveIsAnException() {
		everyCode(LDAPMessage.PROTOCOL_OP_TYPE_MODIFY_DN_REQUEST, Map.of(32, MISSING_PARENT, 52, UNKNOWN_OUTCOME),
				() -> this.store.move(KEY, "/dc=org/ou=b"));
	}

	@Test
	void everyCodeOfAnExtendedOperationIsAnException() {
		everyCode(LDAPMessage.PROTOCOL_OP_TYPE_EXTENDED_REQUEST, Map.of(),
				() -> this.store.atomically((tx) -> tx.put(KEY, Map.of("description", "x"))));
	}

	/**
	 * Answers with each code in turn.
	 * @param others the codes of which something else is made: the name of an exception,
	 * or no exception
	 */
	private void everyCode(byte type, Map<Integer, String> others, Runnable call) {
		List<String> wrong = new ArrayList<>();
		for (int code : CODES) {
			this.directory.tellTheTruth();
			this.store.get(KEY);
			int connections = this.directory.connections();
			answer(type, code);
			Throwable thrown = thrownBy(call);
			String message = (thrown != null) ? String.valueOf(thrown.getMessage()) : "";
			String expected = others.getOrDefault(code,
					new FailureTranslator(List.of(), UnknownOutcomeException::new)
						.translate(Operation.of(Verb.GET, "x"), new LDAPException(ResultCode.valueOf(code)))
						.getClass()
						.getName());
			String name = new ServerResult(code, "").name();
			if (!expected.equals((thrown != null) ? thrown.getClass().getName() : "")) {
				wrong.add(name + " is " + thrown);
			}
			else if (!others.containsKey(code) && code != 32
					&& !(message.contains(name) && message.contains(WORDS)
							&& (message.contains(KEY) || message.contains(TRANSACTION))
							&& message.contains(Remedies.of(new ServerResult(code, ""))))) {
				wrong.add(name + " says " + message);
			}
			PoolStatistics left = this.pool.statistics();
			if (left.active() != 0 || left.idle() != ((code == 52) ? 0 : 1)
					|| code != 52 && this.directory.connections() != connections) {
				wrong.add(name + " leaves " + left);
			}
		}
		assertThat(wrong).isEmpty();
	}

}
