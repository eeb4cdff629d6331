package io.ordinal.cluster;

import io.ordinal.node.machine.Footprint;
import java.nio.file.Path;

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

  /// The range of Services' ClusterIPs.
  public String serviceCidr() {
    return "10." + (FIRST_SERVICE + number) + ".0.0/16";
  }

  /// The range of all pods and nodes.
  public String podCidr() {
    return "10." + (FIRST_POD + number) + ".0.0/16";
  }
}
