package io.ordinal.bench;

import io.ordinal.cluster.ControlPlane;
import io.ordinal.cluster.Kubeconfig;
import io.ordinal.cluster.StopProcess;
import io.ordinal.cluster.Timing;
import io.ordinal.cluster.pki.Identity;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.http.Tls;
import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.PodConnection;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.Status;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.server.http.HttpConfig;
import io.ordinal.server.http.HttpServer;
import io.ordinal.store.DurableStore;
import io.ordinal.store.Retention;
import io.ordinal.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Store, API server and TLS, without controllers and nodes: what `writes`, `list` and `watch`
/// need. Its `main` serves until it is killed, to look at the API server alone.
final class BareServer implements AutoCloseable {

  private final DurableStore store;
  private final ControlPlane plane;
  private final HttpServer http;
  private final Path kubeconfig;

  private BareServer(DurableStore store, ControlPlane plane, HttpServer http, Path kubeconfig) {
    this.store = store;
    this.plane = plane;
    this.http = http;
    this.kubeconfig = kubeconfig;
  }

  /// @param arguments the data folder
  static void main(String[] arguments) throws Exception {
    System.out.println("KUBECONFIG=" + start(Path.of(arguments[0])).kubeconfig());
    Thread.currentThread().join();
  }

  static BareServer start(Path data) throws IOException, InterruptedException {
    var timing = Timing.real();
    var pki = Pki.open(data.resolve("pki"), timing.wall());
    var tokens = TokenConfig.of("https://issuer", new TokenKeys(pki.signingKeys(), List.of()));
    var store =
        SqliteStore.open(
            data.resolve("store"), Retention.USUAL, timing.steady(), StopProcess.ofThisProcess());
    var plane =
        ControlPlane.create(
            store,
            () -> ServerConfig.of(tokens, List.of(pki.authority())),
            "10.96.0.0/16",
            new NoNodes(),
            timing);
    var server = pki.server(Identity.API_SERVER, List.of("localhost", "127.0.0.1"));
    var authorities = List.of(pki.authority());
    var tls = new Tls(server.key(), List.of(server.certificate()), authorities);
    var http = HttpServer.start(plane.api(), tls, HttpConfig.USUAL);
    var port = http.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    plane.started();
    var text =
        Kubeconfig.text("https://127.0.0.1:" + port, pki.authority(), pki.client(Identity.ADMIN));
    return new BareServer(store, plane, http, Files.writeString(data.resolve("admin.conf"), text));
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public void close() {
    http.close();
    plane.close();
    store.close();
  }

  private static final class NoNodes implements NodeStreams {
    @Override
    public Frames logs(PodRef pod, LogOptions options) {
      throw new ApiException(Status.internal("no nodes here"));
    }

    @Override
    public ExecSession exec(PodRef pod, ExecOptions options) {
      throw new ApiException(Status.internal("no nodes here"));
    }

    @Override
    public ExecSession attach(PodRef pod, String container, Stdio stdio) {
      throw new ApiException(Status.internal("no nodes here"));
    }

    @Override
    public PodConnection connect(PodRef pod, int port) {
      throw new ApiException(Status.internal("no nodes here"));
    }
  }
}
