package io.ordinal.platform.http;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.http.Listener;
import io.ordinal.http.Stop;
import io.ordinal.http.Tls;
import io.ordinal.http.TlsContext;
import io.ordinal.platform.answer.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS with HTTP/2 and HTTP/1.1 on one port, a virtual thread for each request.
public final class HttpsServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpsServer.class);
  private static final int MOST_TASKS = 20_000;
  private static final int MOST_HEADER_BYTES = 32 * 1024;
  private static final Duration IDLE = Duration.ofMinutes(3);
  private static final int STOP_MILLIS = 2_000;

  private final Server server;
  private final TlsContext tls;
  private final Listener connector;

  private HttpsServer(InetSocketAddress address, Tls tls, Front front) {
    var threads = new VirtualThreadPool();
    threads.setMaxConcurrentTasks(MOST_TASKS);
    server = new Server(threads);
    this.tls = new TlsContext(tls);
    connector = new Listener(server, this.tls, address, _ -> true, IDLE, MOST_HEADER_BYTES);
    server.addConnector(connector);
    server.setHandler(new Answering(front));
    server.setErrorHandler(new StatusErrors());
    server.setStopTimeout(STOP_MILLIS);
  }

  /// A server on this address; port 0 = any free one.
  ///
  /// @throws UncheckedIOException when the address is in use or not ours
  public static HttpsServer start(InetSocketAddress address, Tls tls, Front front) {
    var https = new HttpsServer(address, tls, front);
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
  public void renew(Tls next) {
    tls.renew(next);
  }

  @Override
  public void close() {
    Stop.now(server);
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
