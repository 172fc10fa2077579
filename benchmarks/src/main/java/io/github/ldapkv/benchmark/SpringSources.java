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

import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.ldap.pool2.factory.PoolConfig;
import org.springframework.ldap.pool2.factory.PooledContextSource;

/**
 * Where Spring LDAP's template and client have their connections from.
 */
final class SpringSources {

	private SpringSources() {
	}

	/**
	 * As Boot makes one of {@code spring.ldap.*}: a connection for each call.
	 */
	static LdapContextSource ofBoot(ServerAddress server) {
		LdapContextSource source = new LdapContextSource();
		source.setUrl(server.url());
		source.setBase(People.SUFFIX);
		source.setUserDn(server.userDn());
		source.setPassword(server.password());
		source.afterPropertiesSet();
		return source;
	}

	/**
	 * Spring LDAP's pool. Its connections are not validated.
	 */
	static PooledContextSource pooled(ServerAddress server) {
		PoolConfig config = new PoolConfig();
		config.setMaxTotalPerKey(PeerKind.POOL_SIZE);
		config.setMaxIdlePerKey(PeerKind.POOL_SIZE);
		config.setJmxEnabled(false);
		config.setTestOnCreate(false);
		config.setTestOnBorrow(false);
		config.setTestOnReturn(false);
		config.setTestWhileIdle(false);
		return new PooledContextSource(ofBoot(server), config);
	}

	static void close(PooledContextSource source) {
		try {
			source.destroy();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
