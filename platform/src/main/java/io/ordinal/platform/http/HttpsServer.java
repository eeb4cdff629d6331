package io.ordinal.platform.http;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.platform.answer.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS with HTTP/2 and HTTP/1.1 on one port, a virtual thread for each request.
public final class HttpsServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpsServer.class);
  private static final int MOST_TASKS = 20_000;
  private static final int MOST_STREAMS = 1000;
  private static final int MOST_HEADER_BYTES = 32 * 1024;
  private static final int IDLE_MILLIS = 180_000;
  private static final int STOP_MILLIS = 2_000;

  private final Server server;
  private final Shown tls;
  private final ServerConnector connector;

  private HttpsServer(Front front, Certificate certificate) {
    var threads = new VirtualThreadPool();
    threads.setMaxConcurrentTasks(MOST_TASKS);
    server = new Server(threads);
    tls = new Shown(certificate);
    var http = http();
    var http2 = new HTTP2ServerConnectionFactory(http);
    http2.setMaxConcurrentStreams(MOST_STREAMS);
    http2.setStreamIdleTimeout(0);
    // A browser then opens a connection of its own for each WebSocket, which can be a tunnel.
    http2.setConnectProtocolEnabled(false);
    var alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
    alpn.setDefaultProtocol("http/1.1");
    connector =
        new ServerConnector(
            server,
            1,
            1,
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            http2,
            new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setReuseAddress(true);
    server.setHandler(new Answering(front));
    server.setErrorHandler(new StatusErrors());
    server.setStopTimeout(STOP_MILLIS);
  }

  private static HttpConfiguration http() {
    var http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer(false));
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    http.setUriCompliance(UriCompliance.DEFAULT);
    return http;
  }

  /// A server on this address; port 0 = any free one.
  ///
  /// @throws UncheckedIOException when the address is in use or not ours
  public static HttpsServer start(InetSocketAddress address, Certificate certificate, Front front) {
    var https = new HttpsServer(front, certificate);
    https.connector.setHost(address.getHostString());
    https.connector.setPort(address.getPort());
    https.server.addConnector(https.connector);
    try {
      https.server.start();
      return https;
    } catch (IOException e) {
      https.close();
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      https.close();
      throw new IllegalStateException("the console server does not start", e);
    }
  }

  /// Where it listens.
  public int port() {
    return connector.getLocalPort();
  }

  /// Shows another certificate from the next connection on.
  public void renew(Certificate next) {
    tls.renew(next);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the console server does not stop", e);
    }
  }

  /// The one place where what went wrong becomes an answer.
  private static final class Answering extends Handler.Abstract {
    private final Front front;

    private Answering(Front front) {
      this.front = front;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      var exchange = new Exchange(request, response, callback);
      try {
        answer(exchange);
      } catch (IOException e) {
        LOG.debug("{} {}", request.getMethod(), request.getHttpURI().getPath(), e);
        callback.failed(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        callback.failed(e);
      }
      return true;
    }

    private void answer(Exchange exchange) throws IOException, InterruptedException {
      try {
        front.answer(exchange);
      } catch (Refusal e) {
        refuse(exchange, e);
      } catch (KubernetesClientException e) {
        LOG.warn("the hub cluster refused or did not answer", e);
        refuse(exchange, Refusal.unavailable("the cluster that keeps users does not answer"));
      } catch (RuntimeException e) {
        LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
        refuse(exchange, Refusal.internal());
      }
    }

    private static void refuse(Exchange exchange, Refusal refusal) throws IOException {
      if (exchange.response().isCommitted()) {
        throw new IOException("cut off in the middle of an answer", refusal);
      }
      exchange.refuse(refusal);
    }
  }

  /// What Jetty itself refuses, before anybody of ours has seen it.
  private static final class StatusErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      var text = String.valueOf(HttpStatus.getMessage(response.getStatus()));
      var refusal = Refusal.ofHttp(response.getStatus(), text);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      response.write(true, ByteBuffer.wrap(refusal.json()), callback);
      return true;
    }
  }
}
