package io.ordinal.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/// The address ranges of one cluster, derived from its data folder so that several clusters live on
/// one machine.
///
/// The default data folder has number 0, others 1 to 59: services are `10.(96+n).0.0/16`, pods
/// `10.(160+n).0.0/16`, and node `i` (from 0) has `10.(160+n).i.0/24`.
///
/// @param number 0 to 59
public record Addresses(int number) {

  private static final int NUMBERS = 59;
  private static final int FIRST_SERVICE = 96;
  private static final int FIRST_POD = 160;

  /// The ranges of this data folder.
  public static Addresses of(Path data) {
    if (data.equals(DataFolder.defaultPath())) return new Addresses(0);
    var crc = new CRC32();
    crc.update(data.toString().getBytes(StandardCharsets.UTF_8));
    return new Addresses(1 + (int) (crc.getValue() % NUMBERS));
  }

  /// The range of Services' ClusterIPs.
  public String serviceCidr() {
    return "10." + (FIRST_SERVICE + number) + ".0.0/16";
  }

  /// The ClusterIP of `kubernetes.default`: the first of the range.
  public String kubernetesService() {
    return "10." + (FIRST_SERVICE + number) + ".0.1";
  }

  /// The ClusterIP of the cluster's DNS: the tenth of the range.
  public String clusterDns() {
    return "10." + (FIRST_SERVICE + number) + ".0.10";
  }

  /// The range of all pods of all nodes.
  public String podCidr() {
    return "10." + (FIRST_POD + number) + ".0.0/16";
  }

  /// The range of one node's pods.
  public String nodePodCidr(int node) {
    return "10." + (FIRST_POD + number) + "." + node + ".0/24";
  }

  /// The address of one node's bridge: pods reach the API server and DNS there.
  public String nodeGateway(int node) {
    return "10." + (FIRST_POD + number) + "." + node + ".1";
  }
}
