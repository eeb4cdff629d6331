package io.ordinal.cluster.console;

import io.ordinal.cluster.Endpoint;
import io.ordinal.cluster.UserError;
import io.ordinal.platform.http.HttpsServer;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Where the console listens, and what it is called by.
///
/// @param port 0 = any free one
/// @param option the option that chooses another port
public record ConsoleAddress(Endpoint endpoint, int port, String option) {

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

  /// All that the console may be called.
  List<String> allNames() {
    return Stream.concat(LOOPBACK.stream(), endpoint.names().stream()).distinct().toList();
  }

  /// Refuses an address that others can reach.
  ///
  /// @throws UserError unless it is one of this machine alone
  void requireLoopback() {
    if (LOOPBACK.contains(endpoint.address())) return;
    throw new UserError(
        "a kubeconfig that may not impersonate serves one user on this machine: --address must be 127.0.0.1, not "
            + endpoint.address());
  }

  /// @throws UserError when the port is in use
  HttpsServer listen(Function<InetSocketAddress, HttpsServer> serve) {
    try {
      return serve.apply(new InetSocketAddress(endpoint.address(), port));
    } catch (UncheckedIOException e) {
      var why = e.getCause() == null ? e : e.getCause();
      throw new UserError(
          UserError.MACHINE,
          "cannot listen on %s port %d (%s): choose another with %s"
              .formatted(endpoint.address(), port, why.getMessage(), option));
    }
  }
}
