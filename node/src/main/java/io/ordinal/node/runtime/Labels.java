package io.ordinal.node.runtime;

/// Labels by which the agent finds its sandboxes and containers again after a restart.
public final class Labels {
  /// Name of the pod.
  public static final String POD_NAME = "io.kubernetes.pod.name";

  /// Namespace of the pod.
  public static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";

  /// UID of the pod.
  public static final String POD_UID = "io.kubernetes.pod.uid";

  /// Name of the container in the pod.
  public static final String CONTAINER_NAME = "io.kubernetes.container.name";

  /// The logical node that a sandbox belongs to: several nodes may share one runtime.
  public static final String NODE = "io.ordinal.node";

  private Labels() {}
}
