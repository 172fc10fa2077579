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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

import com.unboundid.asn1.ASN1StreamReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class AnswerStreamTests {

	private static final byte[] SENT = new byte[30_000];

	static {
		new Random(1).nextBytes(SENT);
	}

	private final AnswerStream answers = new AnswerStream(new ByteArrayInputStream(SENT));

	@Test
	void itReadsOctetByOctet() throws IOException {
		for (byte octet : SENT) {
			assertThat(this.answers.read()).isEqualTo(octet & 0xff);
		}
		assertThat(this.answers.read()).isEqualTo(-1);
	}

	@Test
	void itReadsPartsOfAnySize() throws IOException {
		assertThat(this.answers.readNBytes(10)).isEqualTo(Arrays.copyOf(SENT, 10));
		assertThat(this.answers.available()).isPositive();
		assertThat(this.answers.readNBytes(20_000)).isEqualTo(Arrays.copyOfRange(SENT, 10, 20_010));
		assertThat(this.answers.readAllBytes()).isEqualTo(Arrays.copyOfRange(SENT, 20_010, SENT.length));
		assertThat(this.answers.available()).isZero();
		assertThat(this.answers.read(new byte[10], 0, 10)).isEqualTo(-1);
	}

	@Test
	void theReaderOfTheSdkLooksAheadWhereverTheBufferEnds() throws IOException {
		ASN1StreamReader reader = new ASN1StreamReader(this.answers);
		for (int i = 0; i < SENT.length; i++) {
			assertThat(reader.peek()).isEqualTo(SENT[i] & 0xff);
			assertThat(this.answers.read()).isEqualTo(SENT[i] & 0xff);
		}
		assertThat(reader.peek()).isEqualTo(-1);
	}

	@Test
	void whatHasFailedIsNotReadAgain() throws IOException {
		AnswerStream failing = new AnswerStream(new InputStream() {

			private boolean given;

			@Override
			public int read() throws IOException {
				if (this.given) {
					throw new IOException("Lost");
				}
				this.given = true;
				return 7;
			}

			@Override
			public int read(byte[] octets, int offset, int length) throws IOException {
				octets[offset] = (byte) read();
				return 1;
			}

		});
		assertThat(failing.read()).isEqualTo(7);
		for (int i = 0; i < 2; i++) {
			assertThatIOException().isThrownBy(failing::read);
		}
	}

}
