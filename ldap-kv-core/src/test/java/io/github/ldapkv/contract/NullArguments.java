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

package io.github.ldapkv.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Calls whatever a user can call with {@code null} in each place where it must not be,
 * also in an array, a collection or a map. All of it has to be refused by an exception
 * that says so.
 */
public final class NullArguments {

	private final BiFunction<Class<?>, Executable, Object> samples;

	private final Set<String> except;

	private final List<String> wrong = new ArrayList<>();

	private int calls;

	/**
	 * Creates a check.
	 * @param samples what else to give to a method or constructor, and what to call a
	 * method on, by its type
	 * @param except the names of methods that are not checked
	 */
	public NullArguments(BiFunction<Class<?>, Executable, Object> samples, Set<String> except) {
		this.samples = samples;
		this.except = except;
	}

	/**
	 * The public types of a module.
	 * @param one one of its types
	 * @return all of them
	 */
	public static List<Class<?>> publicTypes(Class<?> one) {
		try {
			Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
			try (Stream<Path> files = Files.walk(root)) {
				List<Class<?>> types = new ArrayList<>();
				files.map((file) -> root.relativize(file).toString())
					.filter((name) -> name.endsWith(ClassUtils.CLASS_FILE_SUFFIX) && !name.endsWith("-info.class"))
					.map((name) -> name.substring(0, name.length() - ClassUtils.CLASS_FILE_SUFFIX.length()))
					.map((name) -> ClassUtils.resolveClassName(name.replace(root.getFileSystem().getSeparator(), "."),
							one.getClassLoader()))
					.filter((type) -> Modifier.isPublic(type.getModifiers()))
					.forEach(types::add);
				return types;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Calls the public constructors and methods of a type.
	 * @param type the type
	 */
	public void check(Class<?> type) {
		for (Constructor<?> constructor : type.getConstructors()) {
			check(constructor, (arguments) -> constructor.newInstance(arguments));
		}
		for (Method method : type.getDeclaredMethods()) {
			if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !method.getName().equals("equals")
					&& !this.except.contains(method.getName())) {
				Object target = Modifier.isStatic(method.getModifiers()) ? null : sample(type, method);
				check(method, (arguments) -> method.invoke(target, arguments));
			}
		}
	}

	/**
	 * What was not refused, or otherwise.
	 * @return the calls
	 */
	public List<String> wrong() {
		return this.wrong;
	}

	/**
	 * How much was checked.
	 * @return the number of calls
	 */
	public int calls() {
		return this.calls;
	}

	private void check(Executable executable, Call call) {
		Parameter[] parameters = executable.getParameters();
		for (int i = 0; i < parameters.length; i++) {
			Parameter parameter = parameters[i];
			if (parameter.getType().isPrimitive() || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
				continue;
			}
			Object[] arguments = new Object[parameters.length];
			for (int j = 0; j < arguments.length; j++) {
				arguments[j] = (j == i) ? null : sample(parameters[j].getType(), executable);
			}
			expectRefusal(executable + " parameter " + i, call, arguments);
			Object withNull = withNull(parameter.getType());
			if (withNull != null) {
				arguments[i] = withNull;
				expectRefusal(executable + " element of parameter " + i, call, arguments);
			}
		}
	}

	private static @Nullable Object withNull(Class<?> type) {
		if (type == Collection.class || type == List.class) {
			return Collections.singletonList(null);
		}
		if (type == Map.class) {
			return Collections.singletonMap(null, null);
		}
		return type.isArray() ? Array.newInstance(type.getComponentType(), 1) : null;
	}

	private Object sample(Class<?> type, Executable executable) {
		if (type == int.class) {
			return 1;
		}
		if (type == long.class) {
			return 1L;
		}
		return (type == boolean.class) ? true : this.samples.apply(type, executable);
	}

	private void expectRefusal(String what, Call call, Object[] arguments) {
		this.calls++;
		try {
			call.with(arguments);
			this.wrong.add(what + ": taken");
		}
		catch (InvocationTargetException ex) {
			Throwable cause = ex.getCause();
			if (!(cause instanceof IllegalArgumentException) || !String.valueOf(cause.getMessage()).contains("null")) {
				this.wrong.add(what + ": " + cause);
			}
		}
		catch (ReflectiveOperationException ex) {
			this.wrong.add(what + ": " + ex);
		}
	}

	/**
	 * A call by reflection.
	 */
	@FunctionalInterface
	private interface Call {

		void with(Object[] arguments) throws ReflectiveOperationException;

	}

}
