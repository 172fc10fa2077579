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

package io.github.ldapkv.pool;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the addresses of servers, anew each time: the JVM keeps those of a name for as
 * long as {@code networkaddress.cache.ttl} says, which is half a minute.
 */
final class ServerAddresses implements Places {

	private final List<String> urls;

	private final ServiceRecords services;

	/**
	 * The addresses that hosts had last. Where DNS fails, the servers may be well.
	 */
	private volatile Map<String, List<InetAddress>> last = Map.of();

	/**
	 * Prepares to look for the servers of URLs, the most wanted first.
	 * @param services finds those of domains
	 */
	ServerAddresses(List<String> urls, ServiceRecords services) {
		this.urls = List.copyOf(urls);
		this.services = services;
	}

	/**
	 * Finds the addresses. A name that has none any more keeps those that it had. One
	 * that never had any is there all the same, so that a failure says so.
	 * @return the places, of which those of a rank are equal, the most wanted rank first
	 */
	@Override
	public List<Place> find() {
		List<Place> places = new ArrayList<>();
		Map<String, List<InetAddress>> found = new HashMap<>();
		for (String url : this.urls) {
			if (ServiceUrl.isOne(url)) {
				for (List<ServiceRecords.Service> equals : this.services.find(ServiceUrl.of(url))) {
					add(equals, found, places);
				}
			}
			else {
				add(List.of(new ServiceRecords.Service(ServerUrl.of(url), 1)), found, places);
			}
		}
		this.last = found;
		return places;
	}

	/**
	 * What servers have of addresses of the other family is for when those of the first
	 * do not answer: most hosts with both are one server, and many do not listen to both.
	 */
	private void add(List<ServiceRecords.Service> equals, Map<String, List<InetAddress>> found, List<Place> places) {
		int rank = places.isEmpty() ? 0 : places.get(places.size() - 1).rank() + 1;
		List<Place> others = new ArrayList<>();
		for (ServiceRecords.Service service : equals) {
			List<InetAddress> all = found.computeIfAbsent(service.server().host(), this::addresses);
			if (all.isEmpty()) {
				places.add(new Place(new ServerAddress(service.server(), null), rank, service.weight()));
			}
			for (InetAddress address : all) {
				boolean other = (address instanceof Inet6Address) != (all.get(0) instanceof Inet6Address);
				(other ? others : places).add(new Place(new ServerAddress(service.server(), address),
						other ? rank + 1 : rank, service.weight()));
			}
		}
		places.addAll(others);
	}

	private List<InetAddress> addresses(String host) {
		try {
			return Arrays.asList(InetAddress.getAllByName(host));
		}
		catch (UnknownHostException ex) {
			return this.last.getOrDefault(host, List.of());
		}
	}

	@Override
	public String whyNone() {
		return this.urls.stream()
			.filter(ServiceUrl::isOne)
			.map((url) -> this.services.failure(ServiceUrl.of(url)))
			.filter((failure) -> !failure.isEmpty())
			.distinct()
			.collect(Collectors.joining("; "));
	}

	/**
	 * Looks for the servers of a domain anew when it is asked next.
	 */
	@Override
	public void forget() {
		this.services.forget();
	}

}
