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

package io.github.ldapkv.internal.key;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.ldapkv.internal.text.Excerpt;
import io.github.ldapkv.internal.text.KeyEscaping;
import io.github.ldapkv.internal.text.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * Fills values into the placeholders of a key template.
 */
public final class KeyTemplate {

	/**
	 * What most values need more than their placeholders.
	 */
	private static final int ROOM = 16;

	private final String template;

	private final Object[] values;

	private final StringBuilder key;

	private int used;

	private KeyTemplate(String template, Object[] values) {
		this.template = template;
		this.values = values;
		this.key = new StringBuilder(template.length() + ROOM);
	}

	public static List<Rdn> expand(String template, Object[] values) {
		return KeyParser.parse(new KeyTemplate(template, values).expand());
	}

	private String expand() {
		boolean inValue = false;
		int pos = 0;
		while (pos < this.template.length()) {
			char c = this.template.charAt(pos);
			if (c == '\\' && pos + 1 < this.template.length()) {
				char next = this.template.charAt(pos + 1);
				this.key.append((next == '{' || next == '}') ? "" : "\\").append(next);
				pos += 2;
			}
			else if (c == '{') {
				pos = fill(pos, inValue);
			}
			else if (c == '}') {
				throw malformed(pos, "this brace closes no placeholder. A literal one is written \\}");
			}
			else {
				inValue = (inValue || c == '=') && !isSeparator(c);
				this.key.append(c);
				pos++;
			}
		}
		if (this.used != this.values.length) {
			throw new IllegalArgumentException("Key template '" + Excerpt.of(this.template) + "' has " + this.used
					+ " placeholders, but " + this.values.length + " values were given");
		}
		return this.key.toString();
	}

	private boolean isSeparator(char c) {
		return c == ',' || c == '+' || c == '/' && this.template.startsWith("/");
	}

	private int fill(int start, boolean inValue) {
		int end = this.template.indexOf('}', start);
		if (end < 0) {
			throw malformed(start, "the placeholder is not closed. A literal brace is written \\{");
		}
		if (!inValue) {
			throw malformed(start, "the placeholder " + name(start) + " stands outside a value, as in '/uid={id}'");
		}
		if (this.used == this.values.length) {
			throw malformed(start, "there is no value for the placeholder " + name(start));
		}
		Object value = this.values[this.used++];
		KeyEscaping.appendPart(this.key, text(start, value));
		return end + 1;
	}

	private String text(int start, Object value) {
		if (value == null) {
			throw badValue(start, "null");
		}
		if (value instanceof KeyPath || value instanceof Optional || value instanceof Iterable || value instanceof Map
				|| value.getClass().isArray()) {
			throw badValue(start, "of type " + typeOf(value) + ", not text or a number");
		}
		String text;
		try {
			text = ValueText.of(value);
		}
		catch (IllegalArgumentException ex) {
			throw badValue(start, String.valueOf(ex.getMessage()));
		}
		text = (text != null) ? text : value.toString();
		if (text == null) {
			throw badValue(start, "a " + value.getClass().getName() + " whose text is null");
		}
		if (text.isEmpty()) {
			throw badValue(start, "empty");
		}
		return text;
	}

	private static String typeOf(Object value) {
		return (value instanceof KeyPath) ? "LdapKey" : value.getClass().getSimpleName();
	}

	/**
	 * The placeholder that starts there, as messages show it.
	 */
	private String name(int start) {
		return KeyParser.shorten(this.template.substring(start, this.template.indexOf('}', start) + 1));
	}

	private IllegalArgumentException badValue(int start, @Nullable String what) {
		return malformed(start, "the value of the placeholder " + name(start) + " is " + what);
	}

	private IllegalArgumentException malformed(int position, String why) {
		return KeyParser.malformed("Key template", this.template, position, why);
	}

}
