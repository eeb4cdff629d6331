package io.ordinal.cluster.console;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.cluster.Kubeconfig;
import io.ordinal.cluster.Parts;
import io.ordinal.cluster.pki.Identity;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.cluster.pki.ServerTls;
import io.ordinal.platform.Platform;
import io.ordinal.platform.console.Console.Names;
import io.ordinal.platform.http.HttpsServer;
import io.ordinal.platform.users.Account;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/// A real API server over a store in memory, the platform in front of it, and two users: `admin`,
/// who has changed his one-time password, and `bob`, who is nobody in particular. The platform's
/// clock stands until it is turned.
final class World implements AutoCloseable {

  static final String ADMIN_PASSWORD = "Admin-password-1";
  static final String BOB_PASSWORD = "Bobs-password-1";
  static final String PASSWORD = "Some-password-1";

  private volatile Instant now = Instant.now();
  final Platform platform;
  final KubernetesClient kube;
  final Pki pki;
  final String apiAddress;
  final String oneTimePassword;
  private final Parts parts = new Parts();
  private final ConsoleFiles files;
  private final HttpsServer server;

  World(Path folder) throws InterruptedException {
    var api = parts.add(new Api(folder));
    pki = api.pki;
    apiAddress = api.address;
    kube = api.kube;
    files = new ConsoleFiles(folder, pki);
    var random = new SecureRandom();
    platform =
        parts.add(
            Platform.open(
                new Platform.Parts(
                    kube,
                    files.access(apiAddress),
                    files.sealKey(random),
                    new Platform.Time(() -> now, () -> now),
                    random)));
    oneTimePassword = platform.firstPassword().orElseThrow();
    platform.accounts().makeFirst(oneTimePassword);
    platform.bindAdministrators();
    var names = new Names(() -> List.of("localhost", "127.0.0.1"), files.authority());
    var certificate = files.certificate(List.of("localhost", "127.0.0.1"));
    server =
        parts.add(
            platform.serve(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), certificate, names));
  }

  /// With both users' passwords as they like them.
  World withUsers() {
    platform.accounts().changePassword("admin", oneTimePassword, ADMIN_PASSWORD, "test");
    var bob = new Account("bob", "Bob", "", "", List.of("readers"), false, true);
    platform.accounts().create(bob, "Given-password-1");
    platform.accounts().changePassword("bob", "Given-password-1", BOB_PASSWORD, "test");
    return this;
  }

  /// One more user, with [#PASSWORD].
  Browser user(String name, String... groups) throws Exception {
    var given = "Given-password-1";
    platform
        .accounts()
        .create(new Account(name, name, "", "", List.of(groups), false, true), given);
    platform.accounts().changePassword(name, given, PASSWORD, "test");
    return browser().signedIn(name, PASSWORD);
  }

  /// Looks again and again, and turns the platform's clock a little each time, until something has
  /// come true; a test's time limit is what fails.
  void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      if (Thread.interrupted()) throw new InterruptedException("it has not come to that");
      pass(Duration.ofMillis(20));
      // Leaves the processor to those who are waited for.
      LockSupport.parkNanos(1_000_000);
    }
  }

  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /// Turns the platform's clock.
  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  int port() {
    return server.port();
  }

  String origin() {
    return "https://localhost:" + port();
  }

  /// Trusts the console, and whatever else the authority has signed.
  SSLContext trust() {
    return new io.ordinal.platform.clusters.Access(
            java.net.URI.create(origin()), files.authority(), "", "", "")
        .tls();
  }

  /// That of another API server, which the platform trusts.
  SSLContext serverTls() throws Exception {
    return ServerTls.of(pki);
  }

  Browser browser() {
    return new Browser(trust(), origin());
  }

  Browser admin() throws Exception {
    return browser().signedIn("admin", ADMIN_PASSWORD);
  }

  Browser bob() throws Exception {
    return browser().signedIn("bob", BOB_PASSWORD);
  }

  /// The API server's own kubeconfig: another cluster, as far as the gateway knows.
  String kubeconfig(String server) {
    return Kubeconfig.text(server, pki.authority(), pki.client(Identity.ADMIN));
  }

  /// An administrator adds the cluster at this address.
  ///
  /// @return its ID
  String addCluster(Browser admin, String name, String address) throws Exception {
    var added = admin.addCluster(name, kubeconfig(address));
    if (added.statusCode() != 201) throw new AssertionError(added.body());
    return Browser.json(added).path("id").asString();
  }

  /// A pod in `default` that an [EchoNodes] plays.
  void makePod(String name) {
    makePod("default", name);
  }

  void makePod(String namespace, String name) {
    kube.resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("default")
                .endMetadata()
                .build())
        .create();
    kube.resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .withServiceAccountName("default")
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  @Override
  public void close() {
    parts.close();
  }
}
