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

package io.github.ldapkv.autoconfigure.watch;

import java.lang.reflect.Method;

/**
 * A listener that was found.
 *
 * @param bean the bean whose method it is
 * @param name the name of the bean, a dot, and that of the method
 * @param method the method
 * @param annotation what is annotated there
 */
record FoundListener(Object bean, String name, Method method, LdapListener annotation) {

}
