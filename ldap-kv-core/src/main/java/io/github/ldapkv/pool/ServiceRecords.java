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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

import io.github.ldapkv.internal.text.Excerpt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the servers of domains in DNS, by their SRV records (RFC 2782).
 */
final class ServiceRecords {

	private static final Logger logger = LoggerFactory.getLogger(ServiceRecords.class);

	/**
	 * For as long as the JVM keeps addresses.
	 */
	private static final long KEPT = Duration.ofSeconds(30).toNanos();

	/**
	 * For so long nobody asks again for what was never found.
	 */
	private static final long PAUSE = Duration.ofMillis(100).toNanos();

	/**
	 * A name server that does not answer is asked for a second, and for two more.
	 */
	private static final Map<String, String> TIMEOUTS = Map.of("com.sun.jndi.dns.timeout.initial", "1000",
			"com.sun.jndi.dns.timeout.retries", "2");

	private final String name;

	private final ReentrantLock asking = new ReentrantLock();

	private final Map<ServiceUrl, Answer> answers = new ConcurrentHashMap<>();

	/**
	 * Prepares to ask.
	 * @param name what the pool is called in the log
	 */
	ServiceRecords(String name) {
		this.name = name;
	}

	/**
	 * The servers of a domain. If DNS does not answer, or names none any more, they are
	 * those that it named last.
	 * @return those of the same priority together, the most wanted first
	 */
	List<List<Service>> find(ServiceUrl url) {
		Answer known = this.answers.get(url);
		if (known != null && System.nanoTime() - known.time() < KEPT) {
			return known.services();
		}
		// One caller asks, and the others go on with what it said last, if it did.
		if (known != null && !this.asking.tryLock()) {
			return known.services();
		}
		if (known == null) {
			this.asking.lock();
		}
		try {
			Answer next = this.answers.get(url);
			return (next != null && next != known) ? next.services() : askAgain(url, known);
		}
		finally {
			this.asking.unlock();
		}
	}

	private List<List<Service>> askAgain(ServiceUrl url, @Nullable Answer known) {
		List<List<Service>> found = List.of();
		String failure = "";
		try {
			found = ask(url);
			failure = found.isEmpty() ? "there are none" : "";
		}
		catch (NamingException ex) {
			failure = Excerpt.ofWords((ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName());
		}
		if (found.isEmpty() && known != null) {
			found = known.services();
		}
		long kept = found.isEmpty() ? PAUSE : KEPT;
		tell(url, (known != null) ? known.failure() : "", failure);
		this.answers.put(url, new Answer(found, System.nanoTime() - KEPT + kept, failure));
		return found;
	}

	/**
	 * Tells the log when it begins that DNS names no servers, and when it ends.
	 */
	private void tell(ServiceUrl url, String before, String failure) {
		if (before.isEmpty() && !failure.isEmpty()) {
			logger.warn("{}: DNS does not name the servers of {}: {}", this.name, url, failure);
		}
		else if (!before.isEmpty() && failure.isEmpty()) {
			logger.info("{}: DNS names the servers of {} again", this.name, url);
		}
	}

	/**
	 * Why DNS does not name the servers of a domain; empty if it does, or was not asked.
	 */
	String failure(ServiceUrl url) {
		Answer known = this.answers.get(url);
		return (known != null) ? known.failure() : "";
	}

	/**
	 * Asks anew next time.
	 */
	void forget() {
		this.answers
			.replaceAll((url, answer) -> new Answer(answer.services(), System.nanoTime() - KEPT, answer.failure()));
	}

	private static List<List<Service>> ask(ServiceUrl url) throws NamingException {
		Hashtable<String, String> environment = new Hashtable<>(TIMEOUTS);
		environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
		environment.put(Context.PROVIDER_URL, "dns://" + url.nameServer());
		DirContext dns = new InitialDirContext(environment);
		try {
			Attribute records = dns.getAttributes(new CompositeName(url.recordName()), new String[] { "SRV" })
				.get("SRV");
			Map<Integer, List<Service>> byPriority = new TreeMap<>();
			for (int i = 0; records != null && i < records.size(); i++) {
				String[] fields = records.get(i).toString().split(" ");
				String host = fields[3].endsWith(".") ? fields[3].substring(0, fields[3].length() - 1) : fields[3];
				// "." says that there is no such service.
				if (ServiceUrl.isDomain(host)) {
					// A host of DNS need not be one of a URL.
					ServerUrl server = new ServerUrl(host, Integer.parseInt(fields[2]), false);
					byPriority.computeIfAbsent(Integer.valueOf(fields[0]), (priority) -> new ArrayList<>())
						.add(new Service(server, Integer.parseInt(fields[1])));
				}
			}
			return List.copyOf(byPriority.values());
		}
		finally {
			dns.close();
		}
	}

	/**
	 * A server of a domain.
	 *
	 * @param server the server
	 * @param weight how large its share of the connections is to be
	 */
	record Service(ServerUrl server, int weight) {

	}

	private record Answer(List<List<Service>> services, long time, String failure) {

	}

}
