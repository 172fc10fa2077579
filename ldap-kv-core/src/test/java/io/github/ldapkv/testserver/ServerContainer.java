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

package io.github.ldapkv.testserver;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.dockerjava.api.model.ExposedPort;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RootDSE;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A directory server in a container, from an image of the project's own, which
 * {@code scripts/verify} builds. A missing engine or image is a failure, never a skipped
 * test.
 *
 * @param <S> the type of the container
 */
public abstract class ServerContainer<S extends ServerContainer<S>> extends GenericContainer<S>
		implements TestDirectory {

	/**
	 * The port of plain LDAP inside.
	 */
	protected static final int PORT = 389;

	/**
	 * Some take half a minute to make their configuration, and more on a busy machine.
	 */
	private static final Duration LATEST = Duration.ofMinutes(5);

	private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+(\\.[A-Z]*\\d+)*");

	private final String server;

	private boolean restarted;

	/**
	 * Describes a container that is not started yet.
	 * @param server the directory in {@code docker/} that the image is made from
	 */
	protected ServerContainer(String server) {
		super(image(server));
		this.server = server;
		withExposedPorts(PORT);
		waitingFor(new Answers().withStartupTimeout(LATEST));
	}

	/**
	 * Asks the packages of the image for a version.
	 * @param name the name of the product
	 * @param command prints the version
	 * @return the product with its version
	 */
	protected final String version(String name, String... command) {
		try {
			ExecResult result = execInContainer(command);
			Matcher number = NUMBER.matcher(result.getStdout() + result.getStderr());
			return number.find() ? name + " " + number.group() : name;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Asks the server itself for its version.
	 * @param name the name of the product
	 * @return the product with its version
	 */
	protected final String versionOfRootDse(String name) {
		try (LDAPConnection connection = connect()) {
			RootDSE rootDse = connection.getRootDSE();
			Matcher number = NUMBER.matcher(String.valueOf((rootDse != null) ? rootDse.getVendorVersion() : ""));
			return number.find() ? name + " " + number.group() : name;
		}
		catch (LDAPException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String host() {
		return getHost();
	}

	@Override
	public int port() {
		return port(PORT);
	}

	/**
	 * Stops the server and starts it again. Its port may be another one then.
	 */
	public final void restart() {
		getDockerClient().restartContainerCmd(getContainerId()).exec();
		this.restarted = true;
		awaitAnswer();
	}

	/**
	 * Kills the server and starts it again. Its port may be another one then.
	 */
	public final void kill() {
		getDockerClient().killContainerCmd(getContainerId()).withSignal("KILL").exec();
		getDockerClient().startContainerCmd(getContainerId()).exec();
		this.restarted = true;
		awaitAnswer();
	}

	/**
	 * Stops the server's processes where they are, or lets them go on.
	 * @param frozen whether to stop them
	 */
	public final void freeze(boolean frozen) {
		if (frozen) {
			getDockerClient().pauseContainerCmd(getContainerId()).exec();
		}
		else {
			getDockerClient().unpauseContainerCmd(getContainerId()).exec();
		}
	}

	/**
	 * A port as it is now. Testcontainers keeps those of the first start.
	 * @param exposed the port inside
	 * @return the port outside
	 */
	protected final int port(int exposed) {
		if (!this.restarted) {
			return getMappedPort(exposed);
		}
		return Integer.parseInt(getDockerClient().inspectContainerCmd(getContainerId())
			.exec()
			.getNetworkSettings()
			.getPorts()
			.getBindings()
			.get(ExposedPort.tcp(exposed))[0].getHostPortSpec());
	}

	/**
	 * Waits until the server answers a bind.
	 */
	protected final void awaitAnswer() {
		new Answers().waitUntilReady();
	}

	private static DockerImageName image(String server) {
		String name = Optional.ofNullable(System.getenv("LDAPKV_" + server.toUpperCase(Locale.ROOT) + "_IMAGE"))
			.orElse("ldap-kv/" + server + ":local");
		// Boot knows the variables of OpenLDAP's image by this name.
		return DockerImageName.parse(name).asCompatibleSubstituteFor("osixia/openldap");
	}

	/**
	 * Ready when a bind succeeds. The port of a container is open before that, and the
	 * server says that it is starting before it listens.
	 */
	private final class Answers extends AbstractWaitStrategy {

		@Override
		protected void waitUntilReady() {
			Instant deadline = Instant.now().plus(this.startupTimeout);
			while (true) {
				try (LDAPConnection connection = connect()) {
					return;
				}
				catch (IllegalStateException ex) {
					if (Instant.now().isAfter(deadline)) {
						throw new ContainerLaunchException(ServerContainer.this.server + " does not answer", ex);
					}
					LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
				}
			}
		}

	}

}
