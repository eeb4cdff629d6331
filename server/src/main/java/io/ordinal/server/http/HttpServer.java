package io.ordinal.server.http;

import io.ordinal.http.Listener;
import io.ordinal.http.Stop;
import io.ordinal.http.Tls;
import io.ordinal.http.TlsContext;
import io.ordinal.server.ApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/// The API server's connections: TLS with HTTP/2 and HTTP/1.1 on any number of listeners, a virtual
/// thread for each request.
public final class HttpServer implements AutoCloseable {
  private static final int MOST_TASKS = 100_000;

  private final Server server;
  private final TlsContext tls;
  private final HttpConfig config;
  private final RequestHandler handler;
  private final WatchPump watches;

  private HttpServer(ApiServer api, Tls tls, HttpConfig config) {
    var threads = new VirtualThreadPool();
    threads.setMaxConcurrentTasks(MOST_TASKS);
    this.server = new Server(threads);
    this.tls = new TlsContext(tls);
    this.config = config;
    this.watches = new WatchPump(threads, config.stallTimeout());
    this.handler =
        new RequestHandler(api, config, ServerWebSocketContainer.ensure(server), watches);
    server.setHandler(new GracefulHandler(handler));
    server.setErrorHandler(new StatusErrors());
    server.setStopTimeout(config.stopTimeout().toMillis());
  }

  /// A running server without listeners.
  ///
  /// @throws IllegalArgumentException when key and certificate do not fit
  public static HttpServer start(ApiServer api, Tls tls, HttpConfig config) {
    var started = new HttpServer(api, tls, config);
    try {
      started.server.start();
      started.watches.start();
      return started;
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server does not start", e);
    }
  }

  /// Listens on one more address, for everybody who can reach it.
  ///
  /// @param address port 0 = any free one
  /// @return the port
  /// @throws UncheckedIOException when the address is in use or not ours
  public int listen(InetSocketAddress address) {
    return listen(address, _ -> true);
  }

  /// Listens on one more address, for these peers only; others are cut off before the handshake.
  public int listen(InetSocketAddress address, Predicate<InetAddress> admits) {
    var listener =
        new Listener(server, tls, address, admits, config.idleTimeout(), config.mostHeaderBytes());
    server.addConnector(listener);
    try {
      listener.start();
      return listener.getLocalPort();
    } catch (IOException e) {
      server.removeConnector(listener);
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      server.removeConnector(listener);
      throw new IllegalStateException("cannot listen on " + address, e);
    }
  }

  /// Shows another certificate from the next connection on.
  public void renew(Tls next) {
    tls.renew(next);
  }

  /// Lets requests in flight finish, ends streams, closes connections.
  @Override
  public void close() {
    handler.endStreams();
    Stop.now(server);
  }
}
