package io.ordinal.node.containerd;

import io.ordinal.node.images.MachineImages;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.Kernel;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.network.CniConfig;
import java.io.IOException;
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

  /// What this machine needs for a layout, one handler per node. Tries overlays once per data
  /// folder.
  ///
  /// @throws IOException with what to do, when there are no CNI plugins
  public static ContainerdSettings of(NetworkLayout layout) throws IOException {
    var handlers =
        layout.nodes().stream()
            .map(node -> new Handler(node.node(), CniConfig.folderOf(layout, node)))
            .toList();
    return new ContainerdSettings(
        layout.footprint(),
        handlers,
        CniConfig.plugins()
            .orElseThrow(() ->
                new IOException(
                    "the CNI plugins are not installed; on Debian: apt-get install"
                        + " containernetworking-plugins")),
        MachineImages.PAUSE,
        Snapshotter.of(layout.footprint().containerdFolder()),
        !Kernel.mayLowerOomScore());
  }

  /// A runtime handler: pods that are run with it are connected as its own CNI configuration says.
  ///
  /// @param name the logical node's
  /// @param cniFolder holds its one network configuration
  public record Handler(String name, Path cniFolder) {}
}
