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

package io.github.ldapkv.internal.schema;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.unboundid.ldap.sdk.Entry;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * A schema whose definitions derive from themselves is read without those.
 */
class SchemaCirclesTests {

	private static final String[] GOOD = { "( 2.5.4.41 NAME 'name' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )",
			"( 2.5.4.3 NAME ( 'cn' 'commonName' ) SUP 2.5.4.41 )", "( 2.5.4.4 NAME 'sn' SUP name )" };

	@Test
	void attributesThatDeriveFromThemselvesAreLeftOut() {
		assertThat(left("attributeTypes", "( 1.1 NAME 'a' SUP a )")).containsExactlyInAnyOrder(GOOD);
		assertThat(left("attributeTypes", "( 1.1 NAME 'a' SUP 1.1 )")).containsExactlyInAnyOrder(GOOD);
		assertThat(left("attributeTypes", "( 1.1 NAME ( 'a' 'x' ) SUP B )", "( 1.2 NAME 'b' SUP X )"))
			.containsExactlyInAnyOrder(GOOD);
		assertThat(left("attributeTypes", "( 1.1 NAME 'a' SUP b )", "( 1.2 NAME 'b' SUP c )", "( 1.3 NAME 'c' SUP a )"))
			.containsExactlyInAnyOrder(GOOD);
	}

	@Test
	void whatDerivesFromACircleStays() {
		assertThat(left("attributeTypes", "( 1.1 NAME 'a' SUP a )", "( 1.2 NAME 'b' SUP a )", "( 1.3 NAME 'c' SUP b )"))
			.contains("( 1.2 NAME 'b' SUP a )", "( 1.3 NAME 'c' SUP b )")
			.doesNotContain("( 1.1 NAME 'a' SUP a )");
	}

	@Test
	void objectClassesThatDeriveFromThemselvesAreLeftOut() {
		DirectorySchema schema = schema("objectClasses", List.of("( 2.5.6.0 NAME 'top' ABSTRACT MUST objectClass )",
				"( 1.1 NAME 'a' SUP ( top $ b ) MUST cn )", "( 1.2 NAME 'b' SUP a )", "( 1.3 NAME 'c' SUP b MAY sn )"));
		assertThat(schema.check().withSuperiors(List.of("a"))).containsExactly("a");
		assertThat(schema.check().withSuperiors(List.of("c"))).containsExactly("c");
		assertThat(schema.check().explainEntry(List.of("a"), List.of("objectClass"))).contains("object class 'a'");
	}

	@Test
	void whatLiesBetweenTwoCirclesStays() {
		List<String> all = List.of("( 1.1 NAME 'a' SUP a )", "( 1.2 NAME 'between' SUP a )",
				"( 1.3 NAME 'b' SUP ( c $ between ) )", "( 1.4 NAME 'c' SUP b )", "( 1.5 NAME 'below' SUP c )");
		assertThat(cleared("objectClasses", all)).containsExactly(all.get(1), all.get(4));
	}

	@Test
	void onlyWhatDerivesFromTooManyIsLeftOut() {
		for (String kind : List.of("attributeTypes", "objectClasses")) {
			List<String> chain = new ArrayList<>();
			for (int i = 0; i <= 101; i++) {
				chain.add("( 1.2." + i + " NAME 'a" + i + "' SUP a" + (i - 1) + " )");
			}
			List<String> allowed = List.copyOf(chain.subList(0, 101));
			for (int turn = 0; turn < 10; turn++) {
				assertThat(cleared(kind, chain)).containsExactlyInAnyOrderElementsOf(allowed);
				Collections.shuffle(chain, new Random(turn));
			}
		}
	}

	@Test
	void aCircleThatIsTooLongIsLeftOut() {
		List<String> circle = new ArrayList<>(List.of(GOOD));
		for (int i = 0; i < 300; i++) {
			circle.add("( 1.2." + i + " NAME 'a" + i + "' SUP a" + (i + 1) % 300 + " )");
		}
		assertThat(cleared("attributeTypes", circle)).containsExactly(GOOD);
	}

	@Test
	void theyAreNamedInAWarning() {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(SchemaCircles.class);
		logger.addAppender(log);
		left("attributeTypes", "( 1.1 NAME 'a' SUP a )");
		logger.detachAppender(log);
		assertThat(log.list).isNotEmpty()
			.allSatisfy((event) -> assertThat(event.getFormattedMessage()).contains("attributeTypes", "1.1", "a"));
	}

	@Test
	void aChainThatIsTooLongEndsSomewhere() {
		assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
			for (String kind : List.of("attributeTypes", "objectClasses")) {
				List<String> chain = new ArrayList<>();
				for (int i = 0; i < 20_000; i++) {
					chain.add("( 1.2." + i + " NAME 'a" + i + "' SUP a" + (i + 1) + " )");
				}
				Collections.shuffle(chain, new Random(1));
				DirectorySchema schema = schema(kind, chain);
				assertThat(schema.isBinary("a0")).isFalse();
				assertThat(schema.equality("a0")).isNotNull();
				assertThat(schema.check().withSuperiors(List.of("a0"))).hasSizeLessThan(102);
			}
		});
	}

	@Test
	void manyWaysUpAreNotAllGone() {
		assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
			List<String> ladder = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				String superiors = "SUP ( a" + (i + 1) + " $ b" + (i + 1) + " )";
				ladder.add("( 1.2." + i + " NAME 'a" + i + "' " + superiors + " )");
				ladder.add("( 1.3." + i + " NAME 'b" + i + "' " + superiors + " )");
			}
			assertThat(schema("objectClasses", ladder).check().withSuperiors(List.of("a0"))).hasSizeLessThan(102);
		});
	}

	private static List<String> left(String kind, String... bad) {
		List<String> all = new ArrayList<>(List.of(GOOD));
		all.addAll(List.of(bad));
		Entry subschema = new Entry("cn=schema");
		subschema.addAttribute(kind, all);
		DirectorySchema schema = DirectorySchema.of(subschema);
		assertThat(schema.isBinary("a")).isFalse();
		assertThat(schema.nameOf("commonName")).isEqualTo("cn");
		return cleared(kind, all);
	}

	private static List<String> cleared(String kind, List<String> definitions) {
		Entry subschema = new Entry("cn=schema");
		subschema.addAttribute(kind, definitions);
		return List.of(SchemaCircles.takeOut(subschema).getAttributeValues(kind));
	}

	private static DirectorySchema schema(String kind, List<String> definitions) {
		Entry subschema = new Entry("cn=schema");
		subschema.addAttribute(kind, definitions);
		return DirectorySchema.of(subschema);
	}

}
