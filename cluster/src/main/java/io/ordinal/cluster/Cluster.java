package io.ordinal.cluster;

import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import io.ordinal.cluster.console.BackgroundConsole;
import io.ordinal.cluster.console.ConsoleAddress;
import io.ordinal.cluster.console.Hub;
import io.ordinal.cluster.console.HubConsole;
import io.ordinal.cluster.nodes.ContainerNodes;
import io.ordinal.cluster.nodes.LateStreams;
import io.ordinal.cluster.nodes.Nodes;
import io.ordinal.cluster.nodes.SimulatedNodes;
import io.ordinal.cluster.pki.PemFiles;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.controllers.ControllersConfig;
import io.ordinal.controllers.volume.LocalDirectories;
import io.ordinal.node.containerd.Leftovers;
import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.platform.Platform.Time;
import io.ordinal.server.ServerConfig;
import io.ordinal.server.User;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.server.http.HttpConfig;
import io.ordinal.server.http.HttpServer;
import io.ordinal.store.DamagedException;
import io.ordinal.store.InUseException;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.sqlite.SqliteStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// A whole cluster in this process: the order of lines in [#start] is the order of starting, its
/// reverse the order of stopping.
public final class Cluster implements AutoCloseable {

  private static final String DOMAIN = "cluster.local";

  /// Holds nothing.
  private static final Closeable NOBODY = () -> {};

  private static final String ISSUER = "https://kubernetes.default.svc." + DOMAIN;

  /// Whoever may act as anybody is an administrator, whatever else he is called.
  private static final User PLATFORM =
      new User("ordinal:platform", "", Set.of(User.MASTERS, User.AUTHENTICATED), Map.of());

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
  /// @param parts gets everything that is started, at once: closing it ends a start half-way
  /// @throws UserError when the data folder, the port or the machine is not fit for it
  public static Cluster start(ClusterConfig config, Progress progress, Parts parts) {
    var timing = Timing.real();
    return parts.orCloseAll(() -> {
      var data = DataFolder.open(config.data());
      var store = parts.add(open(data, timing));
      data.runByMe();
      parts.add(data::runByNobody);
      var settings = new Residence(data, new StoredCluster(store)).settle(config);
      var layout = layout(data, settings);
      var nodes = parts.add(nodes(config, settings, layout, timing));
      var endpoint = new Endpoint(config.address());
      // Keys are made while the API server is: on a first start they take as long.
      var ahead = Ahead.of("certificates", () -> certificates(data, timing, endpoint, layout));
      var streams = new LateStreams();
      var serviceCidr = layout.services().toString();
      var plane =
          parts.add(
              ControlPlane.create(
                  store, () -> trust(ahead.get().pki()), serviceCidr, streams, timing));
      var nodesAreReady = new AtomicBoolean();
      plane.api().health().with("nodes", () -> problem(nodesAreReady.get()));
      var certificates = ahead.get();
      var http = parts.add(HttpServer.start(plane.api(), certificates.tls(), HttpConfig.USUAL));
      var port = listen(http, config);
      var address = endpoint.url(port);
      certificates.writeAdminConf(address);
      progress.say("API server: " + address);
      parts.add(plane.controllers(controllers(data, certificates.pki())));
      nodes.listenFor(port).forEach(each -> http.listen(each, nodes::admits));
      nodes.start(plane, port);
      settings.writeIfNew(data);
      streams.arrived(nodes.streams());
      new Readiness(plane, timing, progress).await(layout.nodes().size());
      nodesAreReady.set(true);
      var console = parts.add(console(config, data, plane, timing, address, progress));
      parts.add(
          Daily.start(
              "certificates",
              () -> {
                certificates.look(address, tls -> http.renew(tls));
                console.renew();
              }));
      plane.started();
      console.awaitSaid();
      return new Cluster(data, parts, nodes, plane, address);
    });
  }

  /// Whether containers of this data folder run, with or without an Ordinal.
  public static boolean hasContainers(DataFolder data) {
    return new Leftovers(Footprint.of(data.path())).areAlive();
  }

  /// Ends containers that a crash has left running without an Ordinal; answers whether there was
  /// anything to end.
  ///
  /// @throws UserError when an Ordinal has the folder after all
  public static boolean cleanUp(DataFolder data) {
    var footprint = Footprint.of(data.path());
    if (!Files.exists(footprint.containerdFolder()) && !hasContainers(data)) return false;
    try (var _ = Files.exists(data.store()) ? SqliteStore.hold(data.store()) : NOBODY) {
      ContainerNodes.cleanUp(footprint);
      return true;
    } catch (InUseException e) {
      throw new UserError(
          UserError.DATA, "no container was touched: " + String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UserError(UserError.DATA, data.store() + " cannot be opened: " + e.getMessage());
    }
  }

  /// Where the API server answers, as a URL.
  public String address() {
    return address;
  }

  /// The control plane, for whoever wants a client of it.
  public ControlPlane plane() {
    return plane;
  }

  private static BackgroundConsole console(
      ClusterConfig config,
      DataFolder data,
      ControlPlane plane,
      Timing timing,
      String apiAddress,
      Progress progress) {
    if (config.consolePort().isEmpty()) return BackgroundConsole.none();
    var endpoint = new Endpoint(config.address());
    var address = new ConsoleAddress(endpoint, config.consolePort().get(), "--console-port");
    return BackgroundConsole.start(
        said -> {
          var hub = Hub.ofThisProcess(plane.clientOfPart(PLATFORM), apiAddress);
          var time = new Time(timing.wall(), timing.steady());
          return HubConsole.start(
              data.pki(), address, hub, time, data::consoleIsAt, progress::say, said);
        },
        progress::say);
  }

  private static Optional<String> problem(boolean nodesAreReady) {
    return nodesAreReady ? Optional.empty() : Optional.of("the nodes are still starting");
  }

  private static NetworkLayout layout(DataFolder data, Settings settings) {
    return NetworkLayout.of(
        Footprint.of(data.path()),
        DOMAIN,
        Cidr.parse(settings.addresses().podCidr()),
        Cidr.parse(settings.addresses().serviceCidr()),
        IntStream.range(0, settings.nodes()).mapToObj(ClusterConfig::nodeName).toList());
  }

  private static Nodes nodes(
      ClusterConfig config, Settings settings, NetworkLayout layout, Timing timing) {
    return settings.runtime() == RuntimeKind.SIMULATED
        ? new SimulatedNodes(config, layout, timing)
        : new ContainerNodes(config, layout, timing);
  }

  private static Store open(DataFolder data, Timing timing) {
    try {
      return SqliteStore.open(
          data.store(), Retention.USUAL, timing.steady(), StopProcess.ofThisProcess());
    } catch (DamagedException e) {
      throw new UserError(
          UserError.DATA,
          "%s. Its containers may still run: end them first with ./ordinal down --data %s"
              .formatted(e.getMessage(), data.path()));
    } catch (InUseException e) {
      throw new UserError(UserError.DATA, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UserError(UserError.DATA, data.store() + " cannot be opened: " + e.getMessage());
    }
  }

  private static Certificates certificates(
      DataFolder data, Timing timing, Endpoint endpoint, NetworkLayout layout) {
    var pki = Pki.open(data.pki(), timing.wall());
    return new Certificates(pki, () -> names(endpoint, layout), data.adminConf());
  }

  private static ServerConfig trust(Pki pki) {
    var tokens = TokenConfig.of(ISSUER, new TokenKeys(pki.signingKeys(), List.of()));
    return ServerConfig.of(tokens, List.of(pki.authority()));
  }

  /// What the API server's certificate is good for.
  private static List<String> names(Endpoint endpoint, NetworkLayout layout) {
    var names = new ArrayList<>(List.of("localhost", "127.0.0.1"));
    names.addAll(endpoint.names());
    for (var suffix : List.of("", ".default", ".default.svc", ".default.svc." + DOMAIN)) {
      names.add("kubernetes" + suffix);
    }
    names.add(layout.apiClusterIp().toString());
    for (var link : layout.nodes()) {
      names.add(link.gateway().toString());
      names.add(link.address().toString());
    }
    return names;
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
