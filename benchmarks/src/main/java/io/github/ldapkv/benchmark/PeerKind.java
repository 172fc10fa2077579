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

import java.util.function.Function;

import org.springframework.ldap.pool2.factory.PooledContextSource;

/**
 * The peers.
 */
enum PeerKind {

	/**
	 * What all others are compared with.
	 */
	STORE("ldap-kv", StorePeer::new),

	ONE_BY_ONE("ldap-kv, one by one", OneByOnePeer::new),

	UNBOUNDID("UnboundID's pool, synchronous", UnboundIdPeer::new),

	TEMPLATE_ON_SPRINGS_POOL("LdapTemplate on Spring LDAP's pool", PeerKind::onSpringsPool),

	CLIENT_ON_SPRINGS_POOL("LdapClient on Spring LDAP's pool", PeerKind::clientOnSpringsPool),

	TEMPLATE_OF_BOOT("LdapTemplate as Boot configures it",
			(server) -> new TemplatePeer(SpringSources.ofBoot(server), () -> {
			})),

	LDAPTIVE("ldaptive's pool", LdaptivePeer::new),

	SOCKET("raw socket, pipelined", SocketPeer::new);

	/**
	 * The most connections of each peer that pools them.
	 */
	static final int POOL_SIZE = 8;

	/**
	 * How many entries a page has, of each peer that pages.
	 */
	static final int PAGE_SIZE = 500;

	private final String title;

	private final Function<ServerAddress, Peer> factory;

	PeerKind(String title, Function<ServerAddress, Peer> factory) {
		this.title = title;
		this.factory = factory;
	}

	Peer open(ServerAddress server) {
		return this.factory.apply(server);
	}

	boolean isPooled() {
		return this != TEMPLATE_OF_BOOT;
	}

	private static Peer onSpringsPool(ServerAddress server) {
		PooledContextSource pool = SpringSources.pooled(server);
		return new TemplatePeer(pool, () -> SpringSources.close(pool));
	}

	private static Peer clientOnSpringsPool(ServerAddress server) {
		PooledContextSource pool = SpringSources.pooled(server);
		return new LdapClientPeer(pool, () -> SpringSources.close(pool));
	}

	@Override
	public String toString() {
		return this.title;
	}

}
