package io.ordinal.platform.clusters;

import java.util.Optional;

/// A cluster that the gateway knows.
///
/// @param id by which URLs name it; `global` is the hub
/// @param name by which people know it
/// @param limited when its credentials may not act for others
public record Member(String id, String name, Upstream upstream, Optional<Limited> limited) {

  /// The hub cluster: the embedded one, or the one that the console was started on.
  public static final String HUB = "global";
}
