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

package io.github.ldapkv.sample;

import java.util.Collection;
import java.util.concurrent.Callable;

import org.springframework.dao.DataAccessException;

/**
 * Prints what is called, and what comes of it.
 */
final class Transcript {

	private static final String INDENT = "      ";

	void chapter(String title) {
		print("");
		print(title);
	}

	/**
	 * Makes a call and prints it with its result; one line for each element of a
	 * collection.
	 */
	void show(String call, Callable<?> code) throws Exception {
		print("");
		print("  " + call);
		try {
			Object result = code.call();
			if (result instanceof Collection<?> elements) {
				elements.forEach((element) -> print(INDENT + "-> " + element));
			}
			else {
				print(INDENT + "-> " + result);
			}
		}
		catch (IllegalArgumentException | DataAccessException ex) {
			print(INDENT + "!! " + ex.getClass().getSimpleName());
			for (String sentence : String.valueOf(ex.getMessage()).split("(?<=[.:]) ")) {
				print(INDENT + "   " + sentence);
			}
		}
	}

	/**
	 * Makes a call that has no result, and prints it.
	 */
	void show(String call, Runnable code) {
		print("");
		print("  " + call);
		code.run();
	}

	private static void print(String line) {
		System.out.println(line);
	}

}
