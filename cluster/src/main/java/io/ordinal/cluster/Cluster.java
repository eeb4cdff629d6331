package io.ordinal.cluster;

import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import io.ordinal.cluster.nodes.ContainerNodes;
import io.ordinal.cluster.nodes.LateStreams;
import io.ordinal.cluster.nodes.Nodes;
import io.ordinal.cluster.nodes.SimulatedNodes;
import io.ordinal.cluster.pki.Identity;
import io.ordinal.cluster.pki.PemFiles;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.controllers.ControllersConfig;
import io.ordinal.controllers.volume.LocalDirectories;
import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.server.http.HttpConfig;
import io.ordinal.server.http.HttpServer;
import io.ordinal.server.http.Tls;
import io.ordinal.store.DamagedException;
import io.ordinal.store.InUseException;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A whole cluster in this process: the order of lines in [#start] is the order of starting, its
/// reverse the order of stopping.
public final class Cluster implements AutoCloseable {

  private static final String DOMAIN = "cluster.local";
  private static final String ISSUER = "https://kubernetes.default.svc." + DOMAIN;

  private final DataFolder data;
  private final Parts parts;
  private final Nodes nodes;
  private final ControlPlane plane;
  private final String address;

  private Cluster(DataFolder data, Parts parts, Nodes nodes, ControlPlane plane, String address) {
    this.data = data;
    this.parts = parts;
    this.nodes = nodes;
    this.plane = plane;
    this.address = address;
  }

  /// Starts everything and returns when every node is Ready.
  ///
  /// @param progress told what has been reached
  /// @throws UserError when the data folder, the port or the machine is not fit for it
  public static Cluster start(ClusterConfig config, Progress progress) {
    var timing = Timing.real();
    var parts = new Parts();
    return parts.orCloseAll(() -> {
      var data = DataFolder.open(config.data());
      var layout = layout(config);
      var store = parts.add(open(data, timing));
      data.runByMe();
      parts.add(data::runByNobody);
      var nodes = parts.add(nodes(config, layout, timing));
      var pki = Pki.open(data.pki(), timing.wall());
      var streams = new LateStreams();
      var serviceCidr = layout.services().toString();
      var plane = parts.add(ControlPlane.create(store, trust(pki), serviceCidr, streams, timing));
      var http =
          parts.add(HttpServer.start(plane.api(), tls(pki, config, layout), HttpConfig.USUAL));
      var port = listen(http, config);
      var address = "https://" + config.address() + ":" + port;
      write(data, pki, address);
      progress.say("API server: " + address);
      parts.add(plane.controllers(controllers(data, pki)));
      nodes.listenFor(port).forEach(each -> http.listen(each, nodes::admits));
      nodes.start(plane, port);
      nodes.streams().ifPresent(streams::arrived);
      new Readiness(plane, progress).await(layout.nodes().size());
      return new Cluster(data, parts, nodes, plane, address);
    });
  }

  /// Ends containers that a crash has left running without an Ordinal; answers whether there was
  /// anything to end.
  public static boolean cleanUp(DataFolder data) {
    var footprint = Footprint.of(data.path());
    if (!Files.exists(footprint.containerdFolder())) return false;
    ContainerNodes.cleanUp(footprint);
    return true;
  }

  /// Where the API server answers, as a URL.
  public String address() {
    return address;
  }

  /// The control plane, for whoever wants a client of it.
  public ControlPlane plane() {
    return plane;
  }

  private static NetworkLayout layout(ClusterConfig config) {
    var addresses = Addresses.of(config.data());
    return NetworkLayout.of(
        Footprint.of(config.data()),
        DOMAIN,
        Cidr.parse(addresses.podCidr()),
        Cidr.parse(addresses.serviceCidr()),
        IntStream.range(0, config.nodes()).mapToObj(ClusterConfig::nodeName).toList());
  }

  private static Nodes nodes(ClusterConfig config, NetworkLayout layout, Timing timing) {
    return config.runtime() == RuntimeKind.SIMULATED
        ? new SimulatedNodes(config, layout, timing)
        : new ContainerNodes(config, layout, timing);
  }

  private static Store open(DataFolder data, Timing timing) {
    try {
      return SqliteStore.open(
          data.store(), Retention.USUAL, timing.steady(), StopProcess.ofThisProcess());
    } catch (DamagedException | InUseException e) {
      throw new UserError(UserError.DATA, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UserError(UserError.DATA, data.store() + " cannot be opened: " + e.getMessage());
    }
  }

  private static ServerConfig trust(Pki pki) {
    var tokens = TokenConfig.of(ISSUER, new TokenKeys(pki.signingKeys(), List.of()));
    return ServerConfig.of(tokens, List.of(pki.authority()));
  }

  private static Tls tls(Pki pki, ClusterConfig config, NetworkLayout layout) {
    var names = new ArrayList<>(List.of("localhost", "127.0.0.1", config.address()));
    for (var suffix : List.of("", ".default", ".default.svc", ".default.svc." + DOMAIN)) {
      names.add("kubernetes" + suffix);
    }
    names.add(layout.apiClusterIp().toString());
    for (var link : layout.nodes()) {
      names.add(link.gateway().toString());
      names.add(link.address().toString());
    }
    var server = pki.server(Identity.API_SERVER, names);
    return new Tls(
        server.key(), List.of(server.certificate(), pki.authority()), List.of(pki.authority()));
  }

  private static int listen(HttpServer http, ClusterConfig config) {
    try {
      return http.listen(new InetSocketAddress(config.address(), config.apiPort()));
    } catch (UncheckedIOException e) {
      throw new UserError(
          UserError.MACHINE,
          "cannot listen on %s port %d (%s): choose another with --api-port or --address"
              .formatted(config.address(), config.apiPort(), why(e)));
    }
  }

  private static String why(UncheckedIOException e) {
    var cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
  }

  /// Rewrites `admin.conf` only when it would say something else: making its key's text costs
  /// start-up time.
  private static void write(DataFolder data, Pki pki, String address) throws IOException {
    var admin = pki.client(Identity.ADMIN);
    var file = data.adminConf();
    if (Files.exists(file)
        && Kubeconfig.says(Files.readString(file), address, pki.authority(), admin)) {
      return;
    }
    PrivateFiles.replace(file, Kubeconfig.text(address, pki.authority(), admin));
  }

  private static ControllersConfig controllers(DataFolder data, Pki pki) {
    return new ControllersConfig(
        PemFiles.pem(pki.authority()), new LocalDirectories(data.volumes()));
  }

  /// Stops in the reverse order. Containers go on, unless `down` has asked for their end.
  @Override
  public void close() {
    if (Files.exists(data.stopPodsFile())) nodes.stopPods();
    parts.close();
  }
}
