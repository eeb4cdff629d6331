package io.ordinal.platform.gateway;

import io.ordinal.platform.http.Exchange;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// What passes the gateway, in both directions: what is named here, and nothing else. So a client's
/// credentials, cookies and claims to be somebody (`Impersonate-*`, `X-Remote-*`) do not reach a
/// cluster, and a cluster sets no cookies and no policies for the console.
final class PassedHeaders {

  private static final Set<String> IN =
      names(
          "accept",
          "accept-encoding",
          "accept-language",
          "content-encoding",
          "content-type",
          "if-match",
          "if-none-match",
          "kubectl-command",
          "kubectl-session",
          "user-agent");

  private static final Set<String> IN_UPGRADE =
      names(
          "sec-websocket-extensions",
          "sec-websocket-key",
          "sec-websocket-version",
          "x-stream-protocol-version");

  private static final Set<String> OUT =
      names(
          "age",
          "audit-id",
          "cache-control",
          "content-encoding",
          "content-type",
          "etag",
          "last-modified",
          "retry-after",
          "vary",
          "warning",
          "x-accepted-stream-protocol-versions",
          "x-kubernetes-pf-flowschema-uid",
          "x-kubernetes-pf-prioritylevel-uid");

  private static final Set<String> OUT_UPGRADE =
      names(
          "sec-websocket-accept",
          "sec-websocket-extensions",
          "sec-websocket-protocol",
          "x-stream-protocol-version");

  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";

  private PassedHeaders() {}

  /// In whatever letters.
  private static Set<String> names(String... names) {
    var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Collections.addAll(set, names);
    return Collections.unmodifiableSet(set);
  }

  /// What a request takes along.
  static void request(Exchange exchange, BiConsumer<String, String> to) {
    pass(exchange, IN, to);
  }

  /// What the request for an upgrade takes along: sub-protocols that carry credentials stay here.
  static void upgrade(Exchange exchange, BiConsumer<String, String> to) {
    request(exchange, to);
    pass(exchange, IN_UPGRADE, to);
    var protocols =
        exchange.request().getHeaders().getCSV(PROTOCOLS, false).stream()
            .filter(protocol -> !carriesCredentials(protocol))
            .toList();
    if (!protocols.isEmpty()) to.accept(PROTOCOLS, String.join(", ", protocols));
  }

  private static boolean carriesCredentials(String protocol) {
    var lower = protocol.toLowerCase(Locale.ROOT);
    return lower.contains("bearer") || lower.startsWith(CsrfProtocol.PREFIX);
  }

  /// What an answer brings along.
  static boolean comesBack(String name) {
    return OUT.contains(name);
  }

  /// What the answer to an upgrade brings along.
  static boolean comesBackUpgraded(String name) {
    return OUT_UPGRADE.contains(name);
  }

  private static void pass(Exchange exchange, Set<String> names, BiConsumer<String, String> to) {
    for (var field : exchange.request().getHeaders()) {
      if (!names.contains(field.getName())) continue;
      to.accept(field.getName(), String.valueOf(field.getValue()));
    }
  }
}
