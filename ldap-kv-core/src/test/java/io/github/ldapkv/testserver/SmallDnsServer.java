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

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of DNS (RFC 1035) that knows SRV records (RFC 2782) alone.
 */
public final class SmallDnsServer implements AutoCloseable {

	private static final int SRV = 33;

	private static final int IN = 1;

	private static final int NAME_OF_THE_QUESTION = 0xC00C;

	private static final int ANSWER = 0x8180;

	private static final int NO_SUCH_NAME = 0x8183;

	private final DatagramSocket socket;

	private final Map<String, List<Srv>> records = new ConcurrentHashMap<>();

	private final AtomicInteger questions = new AtomicInteger();

	/**
	 * Starts the server.
	 * @throws SocketException if it cannot listen
	 */
	public SmallDnsServer() throws SocketException {
		this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "dns");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * The URL of a domain that this server is asked for.
	 * @param dn the domain, as a DN
	 * @return a URL
	 */
	public String url(String dn) {
		return "dns://" + this.socket.getLocalAddress().getHostAddress() + ":" + this.socket.getLocalPort() + "/" + dn;
	}

	/**
	 * Sets the records of a name.
	 * @param name the name
	 * @param services its records; none says that there is no such name
	 */
	public void set(String name, Srv... services) {
		this.records.put(name, List.of(services));
	}

	/**
	 * How often it was asked.
	 * @return the number
	 */
	public int questions() {
		return this.questions.get();
	}

	private void serve() {
		DatagramPacket packet = new DatagramPacket(new byte[512], 512);
		try {
			while (!this.socket.isClosed()) {
				packet.setLength(512);
				this.socket.receive(packet);
				this.questions.incrementAndGet();
				byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
				this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
			}
		}
		catch (IOException ex) {
			if (!this.socket.isClosed()) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private byte[] answer(ByteBuffer question) throws IOException {
		int id = question.getShort(0);
		question.position(12);
		String name = name(question);
		int type = question.getShort();
		int length = question.position() + 2 - 12;
		List<Srv> services = this.records.getOrDefault(name, List.of());
		ByteArrayOutputStream octets = new ByteArrayOutputStream();
		DataOutputStream answer = new DataOutputStream(octets);
		answer.writeShort(id);
		answer.writeShort((services.isEmpty() || type != SRV) ? NO_SUCH_NAME : ANSWER);
		answer.writeShort(1);
		answer.writeShort((type != SRV) ? 0 : services.size());
		answer.writeInt(0);
		answer.write(question.array(), 12, length);
		if (type == SRV) {
			for (Srv service : services) {
				write(service, answer);
			}
		}
		return octets.toByteArray();
	}

	private static String name(ByteBuffer question) {
		StringBuilder name = new StringBuilder();
		for (int length = question.get(); length > 0; length = question.get()) {
			byte[] label = new byte[length];
			question.get(label);
			name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
		}
		return name.toString().toLowerCase(Locale.ROOT);
	}

	private static void write(Srv service, DataOutputStream answer) throws IOException {
		answer.writeShort(NAME_OF_THE_QUESTION);
		answer.writeShort(SRV);
		answer.writeShort(IN);
		answer.writeInt(0);
		ByteArrayOutputStream octets = new ByteArrayOutputStream();
		DataOutputStream data = new DataOutputStream(octets);
		data.writeShort(service.priority());
		data.writeShort(service.weight());
		data.writeShort(service.port());
		for (String label : service.target().split("\\.")) {
			data.writeByte(label.length());
			data.writeBytes(label);
		}
		data.writeByte(0);
		answer.writeShort(octets.size());
		octets.writeTo(answer);
	}

	@Override
	public void close() {
		this.socket.close();
	}

	/**
	 * Where a service is.
	 */
	public record Srv(int priority, int weight, int port, String target) {

	}

}
