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

package io.github.ldapkv.autoconfigure.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.ldapkv.LdapKeyValueTemplate;
import io.github.ldapkv.pool.PoolRole;
import io.github.ldapkv.pool.PoolStatistics;
import io.github.ldapkv.pool.RoleState;
import io.github.ldapkv.pool.ServerCheck;
import io.github.ldapkv.pool.ServerState;
import io.github.ldapkv.server.ServerCapabilities;
import io.github.ldapkv.StoreInfo;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of a store: whether the servers for reads and those for writes answer in
 * time. That the base is not there is told, and is no illness: it may be for the
 * application to create, or not for its account to see.
 */
final class LdapKeyValueHealthIndicator extends AbstractHealthIndicator {

	/**
	 * A server that swallows what it is sent takes longer to be left aside than the
	 * health may take. If each question were interrupted, none would come to the next
	 * server.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final LdapKeyValueTemplate store;

	private final Status readOnly;

	private final Supplier<Map<String, String>> watches;

	private final AbilityLog log;

	private final Map<PoolRole, TimeLimit<ServerCheck>> questions = new EnumMap<>(PoolRole.class);

	/**
	 * Creates an indicator.
	 * @param timeout how long all servers together may take to answer
	 * @param readOnly the status of a store that can be read and not be written to
	 * @param watches what is wrong with watches of the store, by their ids: that is told,
	 * and is no illness of the store
	 */
	LdapKeyValueHealthIndicator(LdapKeyValueTemplate store, Duration timeout, Status readOnly,
			Supplier<Map<String, String>> watches) {
		super("The health of the store could not be found out");
		this.store = store;
		this.readOnly = readOnly;
		this.watches = watches;
		StoreInfo info = store.info();
		this.log = new AbilityLog(info.name());
		Duration patience = (info.pool() != null) ? PATIENCE : Duration.ZERO;
		roles(info).forEach((role) -> this.questions.put(role,
				new TimeLimit<>(threadName(info, role), timeout, patience, () -> store.check(role))));
	}

	private static List<PoolRole> roles(StoreInfo info) {
		return info.roles().isEmpty() ? List.of(PoolRole.ALL) : info.roles().stream().map(RoleState::role).toList();
	}

	private static String threadName(StoreInfo info, PoolRole role) {
		return "ldapkv-" + info.name() + "-health"
				+ ((role != PoolRole.ALL) ? "-" + role.name().toLowerCase(Locale.ROOT) : "");
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		try {
			List<RoleHealth> roles = ask();
			Ability ability = Ability.of(roles.get(0), roles.get(roles.size() - 1));
			this.log.found(ability);
			builder.status(status(ability));
			addDetails(builder, this.store.info(), roles);
			Map<String, String> troubled = this.watches.get();
			if (!troubled.isEmpty()) {
				builder.withDetail("watches", troubled);
			}
		}
		catch (InterruptedException ex) {
			// Whoever asked waits no longer, which says nothing of the servers.
			builder.unknown();
		}
	}

	/**
	 * Asks for all roles at the same time.
	 * @return what came of it, first for reads and last for writes
	 */
	private List<RoleHealth> ask() throws InterruptedException {
		Map<PoolRole, TimeLimit<ServerCheck>.Asked> asked = new EnumMap<>(PoolRole.class);
		this.questions.forEach((role, question) -> asked.put(role, question.begin()));
		List<RoleHealth> roles = new ArrayList<>();
		for (Map.Entry<PoolRole, TimeLimit<ServerCheck>.Asked> question : asked.entrySet()) {
			roles.add(await(question.getKey(), question.getValue()));
		}
		return roles;
	}

	private RoleHealth await(PoolRole role, TimeLimit<ServerCheck>.Asked question) throws InterruptedException {
		ServerCheck check = null;
		String failure = "";
		try {
			check = question.await();
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			failure = TimeLimit.reason(ex);
		}
		return new RoleHealth(role, check, failure, servers(role));
	}

	private List<ServerState> servers(PoolRole role) {
		return this.store.info()
			.roles()
			.stream()
			.filter((state) -> state.role() == role)
			.flatMap((state) -> state.servers().stream())
			.toList();
	}

	private Status status(Ability ability) {
		return switch (ability.extent()) {
			case ALL -> Status.UP;
			case READS -> this.readOnly;
			case NOTHING -> Status.DOWN;
		};
	}

	private static void addDetails(Health.Builder builder, StoreInfo info, List<RoleHealth> roles) {
		builder.withDetail("base", info.base()).withDetail("urls", info.urls());
		roles.stream()
			.map(RoleHealth::check)
			.flatMap(Stream::ofNullable)
			.findFirst()
			.ifPresent((check) -> builder.withDetail("baseFound", check.baseFound()));
		Map<String, Object> details = new LinkedHashMap<>();
		roles.forEach((role) -> details.put(role.role().name().toLowerCase(Locale.ROOT), role.details()));
		builder.withDetail("roles", details);
		ServerCapabilities server = info.server();
		if (server != null) {
			builder.withDetail("server", server.server()).withDetail("features", server.features());
		}
		PoolStatistics pool = info.pool();
		if (pool != null) {
			builder.withDetail("pool", plain(pool));
		}
	}

	/**
	 * A native image shows numbers without being told what a record has.
	 */
	private static Map<String, Number> plain(PoolStatistics pool) {
		Map<String, Number> numbers = new LinkedHashMap<>();
		numbers.put("active", pool.active());
		numbers.put("idle", pool.idle());
		numbers.put("opening", pool.opening());
		numbers.put("max", pool.max());
		numbers.put("waiting", pool.waiting());
		numbers.put("created", pool.created());
		return numbers;
	}

}
