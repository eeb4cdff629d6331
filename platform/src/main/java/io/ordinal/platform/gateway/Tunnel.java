package io.ordinal.platform.gateway;

import io.ordinal.http.RawConnection;
import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Member;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.sessions.Streams;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.HttpStream;

/// Connections that leave HTTP: WebSockets (exec, attach, port-forward, logs) and kubectl's
/// SPDY/3.1. The gateway reads their handshake and from then on carries bytes: it understands none
/// of what is said, and every protocol works that a cluster speaks.
final class Tunnel {

  private static final int CONNECT_MILLIS = 5_000;
  private static final int HANDSHAKE_MILLIS = 30_000;
  private static final int DEFAULT_PORT = 443;
  private static final Pattern PROTOCOL = Pattern.compile("(?i)websocket|SPDY/3\\.1");

  private final Streams streams;

  Tunnel(Streams streams) {
    this.streams = streams;
  }

  /// Opens a tunnel, or passes on why the cluster does not want one.
  void open(Exchange exchange, Traveller traveller, Member cluster, String target)
      throws IOException {
    if (!PROTOCOL.matcher(exchange.header("Upgrade")).matches()) {
      throw Refusal.badRequest("the gateway carries websocket and SPDY/3.1 only");
    }
    if (exchange.request().getTunnelSupport() == null) {
      throw Refusal.badRequest("an upgrade needs HTTP/1.1");
    }
    if (exchange.request().getLength() > 0) throw Refusal.badRequest("an upgrade has no body");
    var far = connect(cluster);
    // Before the cluster is asked: what ends streams while it thinks about it ends this one, too.
    var entry = streams.opened(traveller.user(), traveller.credential(), far);
    var switched = false;
    try {
      far.socket().getOutputStream().write(head(exchange, traveller, cluster, target));
      far.socket().getOutputStream().flush();
      var handshake = Handshake.read(far.in());
      if (handshake.status() == Handshake.SWITCHED) {
        far.plain().setSoTimeout(0);
        switchTo(exchange, handshake, far, entry, traveller);
        switched = true;
      } else {
        refuse(exchange, cluster, handshake);
      }
    } catch (IOException | NumberFormatException e) {
      throw Gateway.silent(cluster, new IOException(e.getMessage(), e));
    } finally {
      if (!switched) {
        far.close();
        Streams.closeQuietly(entry);
      }
    }
  }

  private static Far connect(Member cluster) {
    var server = cluster.upstream().server();
    var port = server.getPort() < 0 ? DEFAULT_PORT : server.getPort();
    var host = server.getHost().replaceAll("[\\[\\]]", "");
    var plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(HANDSHAKE_MILLIS);
      var factory = cluster.upstream().tls().getSocketFactory();
      if (!(factory.createSocket(plain, host, port, true) instanceof SSLSocket far)) {
        throw new IOException("no TLS");
      }
      var parameters = far.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      far.setSSLParameters(parameters);
      far.startHandshake();
      return new Far(plain, far, new BufferedInputStream(far.getInputStream()));
    } catch (IOException e) {
      Streams.closeQuietly(plain);
      throw Gateway.silent(cluster, e);
    }
  }

  private static byte[] head(
      Exchange exchange, Traveller traveller, Member cluster, String target) {
    var upstream = cluster.upstream();
    var head = new StringBuilder();
    var server = upstream.server();
    var path = server.getRawPath() == null ? "" : server.getRawPath();
    head.append(exchange.method()).append(' ').append(path).append(target).append(" HTTP/1.1\r\n");
    line(head, "Host", server.getRawAuthority());
    line(head, "Connection", "Upgrade");
    line(head, "Upgrade", exchange.header("Upgrade"));
    if (!exchange.method().equals("GET")) line(head, "Content-Length", "0");
    if (!upstream.token().isEmpty()) line(head, "Authorization", "Bearer " + upstream.token());
    PassedHeaders.upgrade(exchange, (name, value) -> line(head, name, value));
    traveller.impersonate(cluster, (name, value) -> line(head, name, value));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Whatever could end a line has no place in one.
  private static void line(StringBuilder head, String name, String value) {
    if (value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw Refusal.badRequest("the header " + name + " has a stray character");
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static void refuse(Exchange exchange, Member cluster, Handshake handshake)
      throws IOException {
    if (handshake.status() == 401) throw Gateway.refusedUs(cluster);
    handshake
        .headers()
        .forEach((name, value) -> {
          if (PassedHeaders.comesBack(name)) exchange.set(name, value);
        });
    var type = handshake.headers().getOrDefault("content-type", "text/plain");
    exchange.answer(handshake.status(), type, handshake.body());
  }

  private static void switchTo(
      Exchange exchange, Handshake handshake, Far far, Closeable entry, Traveller traveller) {
    var request = exchange.request();
    var near =
        new RawConnection(
            request.getTunnelSupport().getEndPoint(),
            request.getConnectionMetaData().getConnector().getExecutor(),
            (in, out) -> {
              try (far;
                  entry) {
                carry(in, out, far, traveller);
              }
            });
    request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, near);
    exchange.response().setStatus(Handshake.SWITCHED);
    exchange.set("Connection", "Upgrade");
    exchange.set("Upgrade", exchange.header("Upgrade"));
    handshake
        .headers()
        .forEach((name, value) -> {
          if (PassedHeaders.comesBackUpgraded(name)) exchange.set(name, value);
        });
    exchange.callback().succeeded();
  }

  /// The end of one direction is the end of both: neither protocol goes on with half a connection.
  private static void carry(InputStream in, OutputStream out, Far far, Traveller traveller)
      throws IOException {
    if (!traveller.stillGood().getAsBoolean()) return;
    var back =
        Thread.ofVirtual()
            .name("tunnel-back")
            .start(() -> {
              try (far;
                  in;
                  out) {
                pump(far.in(), out);
              } catch (IOException e) {
                // The other direction ends, too.
              }
            });
    try (far) {
      pump(in, far.socket().getOutputStream());
    } finally {
      await(back);
    }
  }

  private static void pump(InputStream from, OutputStream to) throws IOException {
    var buffer = new byte[16 * 1024];
    for (var n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      to.flush();
    }
  }

  private static void await(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The cluster's end, with what was read ahead of it.
  ///
  /// TLS says goodbye as it closes, for which it waits until nobody writes: a cluster that does not
  /// read would keep whoever ends its streams. What is below it closes at once, and wakes whoever
  /// reads or writes.
  private record Far(Socket plain, SSLSocket socket, InputStream in) implements Closeable {
    @Override
    public void close() {
      Streams.closeQuietly(plain);
      Streams.closeQuietly(socket);
    }
  }
}
