package io.ordinal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Predicate;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/// A listening socket for HTTPS that takes connections from some addresses only.
public final class Listener extends ServerConnector {
  private static final int SELECTORS = 2;
  private static final int BACKLOG = 1024;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int KEEP_ALIVE_PROBES = 3;

  private static final int MOST_STREAMS = 1000;

  private final Predicate<InetAddress> admits;

  /// @param address port 0 = any free one
  /// @param admits whom it takes; others are cut off before the handshake
  /// @param idle how long a connection may be silent
  public Listener(
      Server server,
      TlsContext tls,
      InetSocketAddress address,
      Predicate<InetAddress> admits,
      Duration idle,
      int mostHeaderBytes) {
    super(server, 1, SELECTORS, factories(tls, mostHeaderBytes));
    this.admits = admits;
    setIdleTimeout(idle.toMillis());
    setHost(address.getHostString());
    setPort(address.getPort());
    setAcceptQueueSize(BACKLOG);
    setReuseAddress(true);
  }

  private static ConnectionFactory[] factories(TlsContext tls, int mostHeaderBytes) {
    var http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer(false));
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(mostHeaderBytes);
    http.setUriCompliance(UriCompliance.DEFAULT);
    var http2 = new HTTP2ServerConnectionFactory(http);
    http2.setMaxConcurrentStreams(MOST_STREAMS);
    http2.setStreamIdleTimeout(0);
    // Whoever wants a WebSocket opens a connection of its own, which can become a tunnel.
    http2.setConnectProtocolEnabled(false);
    var alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
    alpn.setDefaultProtocol("http/1.1");
    var ssl = new SslConnectionFactory(tls, alpn.getProtocol());
    return new ConnectionFactory[] {ssl, alpn, http2, new HttpConnectionFactory(http)};
  }

  /// Nobody else gets as far as a handshake.
  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
    if (channel.getRemoteAddress() instanceof InetSocketAddress remote
        && !admits.test(remote.getAddress())) {
      throw new IOException("not for " + remote.getAddress());
    }
    return super.newEndPoint(channel, selector, key);
  }

  /// The kernel finds peers that vanished while nothing was to be sent to them.
  @Override
  protected void configure(Socket socket) {
    super.configure(socket);
    try {
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS / 3);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
    } catch (IOException | UnsupportedOperationException e) {
      // The connection works without it.
    }
  }
}
