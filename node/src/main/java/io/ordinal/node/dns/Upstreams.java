package io.ordinal.node.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The name servers that the machine itself uses, tried in order. One that did not answer in time
/// rests for a while: with nobody in reach a question fails at once, not after seconds each time.
final class Upstreams implements Answers.Outside {
  private static final Duration REST = Duration.ofSeconds(10);
  private static final int LARGEST = 65_535;

  private final List<InetSocketAddress> servers;
  private final Duration patience;
  private final InstantSource clock;
  private final Map<InetSocketAddress, Instant> restsUntil = new ConcurrentHashMap<>();

  /// @param patience how long one of them may take
  Upstreams(List<InetSocketAddress> servers, Duration patience, InstantSource clock) {
    this.servers = List.copyOf(servers);
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public byte[] ask(byte[] question, boolean byTcp) throws IOException {
    var failure = new IOException("no name server is in reach");
    for (var server : servers) {
      if (isResting(server)) {
        continue;
      }
      try {
        return byTcp ? askByTcp(server, question) : askByUdp(server, question);
      } catch (IOException e) {
        restsUntil.put(server, clock.instant().plus(REST));
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  private boolean isResting(InetSocketAddress server) {
    var until = restsUntil.get(server);
    return until != null && clock.instant().isBefore(until);
  }

  /// A socket of its own for each question: its port cannot be guessed, and answers of others do
  /// not come in.
  private byte[] askByUdp(InetSocketAddress server, byte[] question) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.connect(server);
      socket.setSoTimeout((int) patience.toMillis());
      socket.send(new DatagramPacket(question, question.length));
      var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
      do {
        socket.receive(packet);
      } while (!answers(question, packet));
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }
  }

  private static boolean answers(byte[] question, DatagramPacket packet) {
    return packet.getLength() >= 12
        && packet.getData()[0] == question[0]
        && packet.getData()[1] == question[1];
  }

  private byte[] askByTcp(InetSocketAddress server, byte[] question) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(server, (int) patience.toMillis());
      socket.setSoTimeout((int) patience.toMillis());
      var out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
      out.writeShort(question.length);
      out.write(question);
      out.flush();
      var in = new DataInputStream(socket.getInputStream());
      return in.readNBytes(in.readUnsignedShort());
    }
  }
}
