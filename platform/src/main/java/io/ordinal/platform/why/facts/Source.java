package io.ordinal.platform.why.facts;

/// How the objects of a cluster are read: the gateway as the user who asks, or the command line by
/// a kubeconfig. What the user may not read is answered 403 by the cluster, and said so.
public interface Source {

  /// What a cluster answered.
  record Reply(int status, String body) {}

  /// Reads a path of the Kubernetes API, such as `/api/v1/nodes/node-1`.
  ///
  /// @throws RuntimeException when the cluster does not answer at all
  Reply get(String path);
}
