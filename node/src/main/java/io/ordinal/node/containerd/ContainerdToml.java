package io.ordinal.node.containerd;

import java.util.stream.Collectors;

/// The configuration file of containerd, in the two dialects in use: version 2 (containerd 1.6 and
/// 1.7) and version 3 (containerd 2), whose CRI plugin was split in three.
final class ContainerdToml {
  private static final String CERTIFICATES = "/etc/containerd/certs.d";

  private ContainerdToml() {}

  /// @param majorVersion of containerd
  static String of(ContainerdSettings settings, int majorVersion) {
    return head(settings, majorVersion >= 2 ? 3 : 2)
        + (majorVersion >= 2 ? splitPlugins(settings) : onePlugin(settings));
  }

  private static String head(ContainerdSettings settings, int dialect) {
    var folder = settings.footprint().containerdFolder();
    return """
    # Written by Ordinal at every start.
    version = %d
    root = %s
    state = %s
    disabled_plugins = [
      "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
      "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
      "io.containerd.internal.v1.opt", "io.containerd.internal.v1.tracing",
      "io.containerd.tracing.processor.v1.otlp", "io.containerd.nri.v1.nri"]

    [grpc]
      address = %s
    """
        .formatted(
            dialect,
            quoted(folder.resolve("root")),
            quoted(folder.resolve("state")),
            quoted(settings.footprint().containerdSocket()));
  }

  private static String onePlugin(ContainerdSettings settings) {
    var cri = "plugins.\"io.containerd.grpc.v1.cri\"";
    return """

    [%1$s]
      sandbox_image = %2$s
      stream_server_address = "127.0.0.1"
      stream_server_port = "0"
      restrict_oom_score_adj = %3$s
      netns_mounts_under_state_dir = true
      enable_unprivileged_ports = true
      enable_unprivileged_icmp = true
      [%1$s.cni]
        bin_dir = %4$s
        conf_dir = %5$s
      [%1$s.registry]
        config_path = %6$s
      [%1$s.containerd]
        snapshotter = %7$s
        default_runtime_name = %8$s
    """
            .formatted(
                cri,
                quoted(settings.sandboxImage()),
                settings.restrictOomScore(),
                quoted(settings.cniPlugins()),
                quoted(settings.handlers().getFirst().cniFolder()),
                quoted(CERTIFICATES),
                quoted(settings.snapshotter()),
                quoted(settings.handlers().getFirst().name()))
        + handlers(settings, cri);
  }

  private static String splitPlugins(ContainerdSettings settings) {
    var runtime = "plugins.\"io.containerd.cri.v1.runtime\"";
    return """

    [plugins."io.containerd.grpc.v1.cri"]
      stream_server_address = "127.0.0.1"
      stream_server_port = "0"
    [plugins."io.containerd.cri.v1.images"]
      snapshotter = %7$s
      [plugins."io.containerd.cri.v1.images".pinned_images]
        sandbox = %2$s
      [plugins."io.containerd.cri.v1.images".registry]
        config_path = %6$s
    [%1$s]
      restrict_oom_score_adj = %3$s
      netns_mounts_under_state_dir = true
      enable_unprivileged_ports = true
      enable_unprivileged_icmp = true
      [%1$s.cni]
        bin_dir = %4$s
        conf_dir = %5$s
      [%1$s.containerd]
        default_runtime_name = %8$s
    """
            .formatted(
                runtime,
                quoted(settings.sandboxImage()),
                settings.restrictOomScore(),
                quoted(settings.cniPlugins()),
                quoted(settings.handlers().getFirst().cniFolder()),
                quoted(CERTIFICATES),
                quoted(settings.snapshotter()),
                quoted(settings.handlers().getFirst().name()))
        + handlers(settings, runtime);
  }

  private static String handlers(ContainerdSettings settings, String plugin) {
    return settings.handlers().stream()
        .map(handler ->
            """
                [%1$s.containerd.runtimes.%2$s]
                  runtime_type = "io.containerd.runc.v2"
                  cni_conf_dir = %3$s
                  [%1$s.containerd.runtimes.%2$s.options]
                    SystemdCgroup = false
            """
                .formatted(plugin, quoted(handler.name()), quoted(handler.cniFolder())))
        .collect(Collectors.joining());
  }

  private static String quoted(Object value) {
    return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
