package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Clusters;
import io.ordinal.platform.clusters.Member;
import io.ordinal.platform.gateway.UserSource;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.why.Kind;
import io.ordinal.platform.why.Why;
import java.io.IOException;
import java.time.InstantSource;

/// `/why`: why something is not ready, as far as the caller may see it.
final class WhyEndpoint {

  private final Clusters clusters;
  private final InstantSource clock;

  /// @param clock by which the clusters' timestamps are read
  WhyEndpoint(Clusters clusters, InstantSource clock) {
    this.clusters = clusters;
    this.clock = clock;
  }

  void why(Exchange exchange, Caller caller) throws IOException {
    if (!exchange.method().equals("GET")) throw Refusal.methodNotAllowed();
    var cluster = clusters.get(exchange.parameter("cluster").orElse(Member.HUB));
    var kind =
        Kind.named(parameter(exchange, "kind"))
            .orElseThrow(
                () -> Refusal.badRequest("kind: StatefulSet, Pod or PersistentVolumeClaim"));
    var namespace = parameter(exchange, "namespace");
    var name = parameter(exchange, "name");
    var source = new UserSource(caller.traveller(), cluster);
    exchange.answer(200, new Why(source, clock).ask(kind, namespace, name).json());
  }

  private static String parameter(Exchange exchange, String name) {
    return exchange
        .parameter(name)
        .orElseThrow(() -> Refusal.badRequest("the parameter " + name + " is missing"));
  }
}
