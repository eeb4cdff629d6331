package io.ordinal.cluster.console;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.cluster.ControlPlane;
import io.ordinal.cluster.Kubeconfig;
import io.ordinal.cluster.Parts;
import io.ordinal.cluster.Timing;
import io.ordinal.cluster.pki.Identity;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.http.Tls;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.User;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.server.http.HttpConfig;
import io.ordinal.server.http.HttpServer;
import io.ordinal.store.MemoryStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/// A real API server over a store in memory, reached over TLS: a cluster, as far as a console
/// knows.
final class Api implements AutoCloseable {

  final Pki pki;
  final KubernetesClient kube;
  final String address;
  private final Parts parts = new Parts();

  Api(Path folder) {
    pki = Pki.open(folder, Clock.systemUTC());
    var tokens = TokenConfig.of("https://issuer", new TokenKeys(pki.signingKeys(), List.of()));
    var wall = Clock.systemUTC();
    var plane =
        parts.add(
            ControlPlane.create(
                MemoryStore.create(),
                () -> ServerConfig.of(tokens, List.of(pki.authority())),
                "10.96.0.0/16",
                new EchoNodes(),
                new Timing(wall, wall, new Random(1), true)));
    var own = pki.server(Identity.API_SERVER, List.of("localhost", "127.0.0.1"));
    var tls =
        new Tls(own.key(), List.of(own.certificate(), pki.authority()), List.of(pki.authority()));
    var api = parts.add(HttpServer.start(plane.api(), tls, HttpConfig.USUAL));
    address =
        "https://127.0.0.1:"
            + api.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    kube = parts.add(plane.threadedClientFor(User.admin()));
  }

  /// A kubeconfig of somebody.
  String kubeconfig(Identity who) {
    return Kubeconfig.text(address, pki.authority(), pki.client(who));
  }

  @Override
  public void close() {
    parts.close();
  }
}
