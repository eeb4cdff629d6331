package io.ordinal.cluster;

import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.Ipv4;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The address ranges of one cluster, derived from its data folder so that several clusters live on
/// one machine: services are `10.(96+n).0.0/16`, pods and nodes `10.(160+n).0.0/16`.
///
/// @param number 0 for the default data folder, 1 to 59 for others
public record Addresses(int number) {

  private static final int OTHERS = 59;
  private static final int FIRST_SERVICE = 96;
  private static final int FIRST_POD = 160;

  /// The ranges of this data folder.
  public static Addresses of(Path data) {
    return data.equals(DataFolder.defaultPath())
        ? new Addresses(0)
        : new Addresses(1 + Footprint.of(data).pick(OTHERS));
  }

  /// The ranges that a Service's ClusterIP belongs to; empty when it is none of Ordinal's.
  static Optional<Addresses> ofClusterIp(String address) {
    return IntStream.rangeClosed(0, OTHERS)
        .mapToObj(Addresses::new)
        .filter(
            each -> Ipv4.find(address).filter(Cidr.parse(each.serviceCidr())::contains).isPresent())
        .findFirst();
  }

  /// These ranges, or the next ones that nobody has. Number 0 is left to the default folder.
  Addresses orNext(Predicate<Addresses> taken) {
    return IntStream.range(0, OTHERS)
        .mapToObj(i -> i == 0 ? this : new Addresses(1 + (number + i - 1) % OTHERS))
        .filter(taken.negate())
        .findFirst()
        .orElse(this);
  }

  /// The range of Services' ClusterIPs.
  public String serviceCidr() {
    return "10." + (FIRST_SERVICE + number) + ".0.0/16";
  }

  /// The range of all pods and nodes.
  public String podCidr() {
    return "10." + (FIRST_POD + number) + ".0.0/16";
  }
}
