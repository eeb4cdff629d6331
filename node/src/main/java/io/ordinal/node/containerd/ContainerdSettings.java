package io.ordinal.node.containerd;

import io.ordinal.node.machine.Footprint;
import java.nio.file.Path;
import java.util.List;

/// What differs from one Ordinal's containerd to the next.
///
/// @param footprint where its files, socket and cgroups are
/// @param handlers one per logical node; the first is used when a pod names none
/// @param cniPlugins folder of the CNI plugins
/// @param sandboxImage the pause image
/// @param snapshotter `overlayfs`, or `native` where the data folder's file system cannot carry
///   overlays
/// @param restrictOomScore whether this process may not lower `oom_score_adj`
public record ContainerdSettings(
    Footprint footprint,
    List<Handler> handlers,
    Path cniPlugins,
    String sandboxImage,
    String snapshotter,
    boolean restrictOomScore) {

  public ContainerdSettings {
    handlers = List.copyOf(handlers);
  }

  /// A runtime handler: pods that are run with it are connected as its own CNI configuration says.
  ///
  /// @param name the logical node's
  /// @param cniFolder holds its one network configuration
  public record Handler(String name, Path cniFolder) {}
}
