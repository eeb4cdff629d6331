package io.ordinal.platform.clusters;

/// Whether a cluster answers.
///
/// @param version as it says itself; "" when it does not answer
/// @param reason why it does not; "" when it does
public record ClusterState(String version, boolean ready, String reason) {

  /// `Ready` or `Unreachable`.
  public String word() {
    return ready ? "Ready" : "Unreachable";
  }
}
