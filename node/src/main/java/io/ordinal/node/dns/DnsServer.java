package io.ordinal.node.dns;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets of the DNS: UDP and TCP on each address. A question that needs nobody else is
/// answered by the thread that read it; one for the outside gets a virtual thread of its own.
final class DnsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
  private static final int MOST_OUTSIDE = 500;
  private static final int MOST_CONNECTIONS = 200;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Answers answers;
  private final Predicate<InetAddress> served;
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final List<ServerSocket> sockets = new ArrayList<>();
  private final Semaphore outside = new Semaphore(MOST_OUTSIDE);
  private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);

  private DnsServer(Answers answers, Predicate<InetAddress> served) {
    this.answers = answers;
    this.served = served;
  }

  /// Listens on these addresses; port 0 takes any, the same for UDP and TCP.
  ///
  /// @param served who gets answers; others hear nothing
  static DnsServer start(
      List<InetSocketAddress> addresses, Answers answers, Predicate<InetAddress> served)
      throws IOException {
    var server = new DnsServer(answers, served);
    try {
      for (var address : addresses) {
        server.listen(address);
      }
      return server;
    } catch (IOException e) {
      server.close();
      throw new IOException("DNS cannot listen on " + addresses + ": " + e.getMessage(), e);
    }
  }

  private void listen(InetSocketAddress address) throws IOException {
    for (var tries = address.getPort() == 0 ? 20 : 1; ; tries--) {
      try {
        listenBothWays(address);
        return;
      } catch (BindException e) {
        // The port that is free for one protocol may be taken for the other.
        if (tries == 1) throw e;
      }
    }
  }

  private void listenBothWays(InetSocketAddress address) throws IOException {
    var socket = new ServerSocket();
    var channel = DatagramChannel.open();
    try {
      socket.setReuseAddress(true);
      socket.bind(address);
      channel.bind(socket.getLocalSocketAddress());
    } catch (IOException e) {
      socket.close();
      channel.close();
      throw e;
    }
    sockets.add(socket);
    channels.add(channel);
    Thread.ofVirtual().name("dns-udp").start(() -> serveDatagrams(channel));
    Thread.ofVirtual().name("dns-tcp").start(() -> serveConnections(socket));
  }

  /// Where this listens.
  List<InetSocketAddress> addresses() {
    return sockets.stream()
        .map(socket -> (InetSocketAddress) socket.getLocalSocketAddress())
        .toList();
  }

  private void serveDatagrams(DatagramChannel channel) {
    var buffer = ByteBuffer.allocate(65_535);
    while (true) {
      try {
        buffer.clear();
        var client = (InetSocketAddress) channel.receive(buffer);
        buffer.flip();
        var question = new byte[buffer.remaining()];
        buffer.get(question);
        if (served.test(client.getAddress())) {
          serve(channel, client, question);
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.warn("a DNS question by UDP failed: {}", e.toString());
      }
    }
  }

  private void serve(DatagramChannel channel, InetSocketAddress client, byte[] question)
      throws IOException {
    if (answers.isImmediate(question)) {
      send(channel, client, question);
    } else if (outside.tryAcquire()) {
      Thread.ofVirtual()
          .name("dns-outside")
          .start(() -> serveFromOutside(channel, client, question));
    }
  }

  private void serveFromOutside(
      DatagramChannel channel, InetSocketAddress client, byte[] question) {
    try {
      send(channel, client, question);
    } catch (IOException | RuntimeException e) {
      LOG.debug("a DNS question for the outside failed: {}", e.toString());
    } finally {
      outside.release();
    }
  }

  private void send(DatagramChannel channel, InetSocketAddress client, byte[] question)
      throws IOException {
    var answer = answers.answer(question, false);
    if (answer.isPresent()) {
      channel.send(ByteBuffer.wrap(answer.get()), client);
    }
  }

  private void serveConnections(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        if (served.test(connection.getInetAddress()) && connections.tryAcquire()) {
          Thread.ofVirtual().name("dns-connection").start(() -> serve(connection));
        } else {
          connection.close();
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.warn("a DNS connection failed: {}", e.toString());
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setSoTimeout((int) IDLE.toMillis());
      var in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
      var out =
          new DataOutputStream(new java.io.BufferedOutputStream(connection.getOutputStream()));
      while (true) {
        var question = in.readNBytes(in.readUnsignedShort());
        var answer = answers.answer(question, true);
        if (answer.isEmpty()) {
          return;
        }
        out.writeShort(answer.get().length);
        out.write(answer.get());
        out.flush();
      }
    } catch (EOFException | SocketTimeoutException e) {
      // The client is done, or has forgotten us.
    } catch (IOException | RuntimeException e) {
      LOG.debug("a DNS connection ended: {}", e.toString());
    } finally {
      connections.release();
    }
  }

  @Override
  public void close() {
    channels.forEach(DnsServer::closeQuietly);
    sockets.forEach(DnsServer::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      LOG.debug("closing a DNS socket: {}", e.toString());
    }
  }
}
