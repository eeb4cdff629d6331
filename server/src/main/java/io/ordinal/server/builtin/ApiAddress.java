package io.ordinal.server.builtin;

/// Where the Service `kubernetes` leads.
///
/// @param ip empty when nobody can reach this API server over the network, as in a simulation
public record ApiAddress(String ip, int port) {
  /// An API server without a network.
  public static final ApiAddress NONE = new ApiAddress("", 6443);

  /// Whether pods can reach it: an endpoint on a loopback address would lead each of them to
  /// itself.
  boolean isReachable() {
    return !ip.isEmpty() && !ip.startsWith("127.");
  }
}
