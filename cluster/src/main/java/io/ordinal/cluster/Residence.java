package io.ordinal.cluster;

import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import io.ordinal.node.containerd.Leftovers;
import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Footprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Whether a data folder may be started where it lies: nothing of another one may stand in its way,
/// and nobody else may be using its volumes.
final class Residence {

  private final DataFolder data;
  private final StoredCluster stored;

  Residence(DataFolder data, StoredCluster stored) {
    this.data = data;
    this.stored = stored;
  }

  /// Decides what this start means, and lets volumes follow a folder that was moved. What is
  /// decided is to be written once the start has come far enough to be one: a wrong port must not
  /// bind the user to the options beside it.
  ///
  /// @throws UserError when it must not be started, with what to do
  Settings settle(ClusterConfig config) {
    var known = Settings.read(data).or(() -> stored.settings(data.path()));
    var settings =
        known
            .map(each -> each.with(config))
            .orElseGet(() -> Settings.fresh(config, freeAddresses(config)));
    if (settings.runtime() == RuntimeKind.CONTAINERD) refuseStrangers(settings);
    if (!settings.folder().equals(data.path())) {
      stored.move(Set.of(settings.folder()), data.path());
      settings = settings.movedTo(data.path());
    }
    return settings;
  }

  private Addresses freeAddresses(ClusterConfig config) {
    var usual = Addresses.of(data.path());
    return config.runtime().equals(Optional.of(RuntimeKind.SIMULATED))
        ? usual
        : usual.orNext(each -> holderOf(each).isPresent());
  }

  /// Two sets of containers on one volume would ruin it.
  private void refuseStrangers(Settings settings) {
    var homes =
        Stream.concat(
            Stream.of(settings.folder()),
            stored.homes().stream().filter(home -> hasBoundVolumes(home)));
    homes
        .filter(home -> !home.equals(data.path()) && new Leftovers(Footprint.of(home)).areAlive())
        .findFirst()
        .ifPresent(home -> {
          throw new UserError(
              UserError.DATA,
              "containers of %s still run, on volumes of this cluster: stop them first with ./ordinal down --data %s"
                  .formatted(home, home));
        });
    holderOf(settings.addresses())
        .ifPresent(name -> {
          throw new UserError(
              UserError.DATA,
              "%s, the addresses of this cluster's pods, are in use on this machine (%s): %s"
                  .formatted(settings.addresses().podCidr(), name, remedy(settings, name)));
        });
  }

  private boolean hasBoundVolumes(Path home) {
    return stored.volumes().stream()
        .anyMatch(volume -> volume.phase().equals("Bound") && volume.path().startsWith(home));
  }

  private static String remedy(Settings settings, String name) {
    return settings
        .from()
        .filter(from -> name.startsWith(Footprint.of(from).bridgePrefix()))
        .map(from ->
            "it was restored or moved from %s, so stop that one first with ./ordinal down --data %s"
                .formatted(from, from))
        .orElse(
            "another data folder has them, the one that this was restored or copied from perhaps;"
                + " stop that one first with ./ordinal down --data DIR");
  }

  /// The network interface of somebody else that has an address of these ranges.
  private Optional<String> holderOf(Addresses addresses) {
    var pods = Cidr.parse(addresses.podCidr());
    var ours = Footprint.of(data.path()).bridgePrefix();
    try {
      return NetworkInterface.networkInterfaces()
          .filter(each -> !each.getName().startsWith(ours))
          .filter(each -> each.inetAddresses().anyMatch((InetAddress a) -> pods.contains(a)))
          .map(NetworkInterface::getName)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
