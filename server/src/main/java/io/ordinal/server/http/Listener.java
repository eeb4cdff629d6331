package io.ordinal.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Predicate;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// A listening socket that takes connections from some addresses only.
final class Listener extends ServerConnector {
  private static final int SELECTORS = 2;
  private static final int BACKLOG = 1024;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int KEEP_ALIVE_PROBES = 3;

  private final Predicate<InetAddress> admits;

  Listener(
      Server server,
      InetSocketAddress address,
      Predicate<InetAddress> admits,
      ConnectionFactory... factories) {
    super(server, 1, SELECTORS, factories);
    this.admits = admits;
    setHost(address.getHostString());
    setPort(address.getPort());
    setAcceptQueueSize(BACKLOG);
    setReuseAddress(true);
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
