package io.ordinal.cluster.console;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.platform.clusters.Access;
import io.ordinal.platform.clusters.Limited;
import java.util.Optional;
import java.util.function.Function;

/// The cluster that the console stands in front of first of all, and that keeps its users.
///
/// @param client for the platform's own objects; closed with the console
/// @param access how the gateway reaches it
/// @param limited when it may not act for others
public record Hub(
    KubernetesClient client, Function<ConsoleFiles, Access> access, Optional<Limited> limited) {

  /// The cluster of this process, which trusts the authority of the console's own files.
  ///
  /// @param address of its API server, as a URL
  public static Hub ofThisProcess(KubernetesClient client, String address) {
    return new Hub(client, files -> files.access(address), Optional.empty());
  }

  /// Another cluster.
  public static Hub at(KubernetesClient client, Access access, Optional<Limited> limited) {
    return new Hub(client, _ -> access, limited);
  }
}
