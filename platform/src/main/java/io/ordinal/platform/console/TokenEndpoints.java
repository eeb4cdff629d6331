package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Clusters;
import io.ordinal.platform.clusters.Member;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.sessions.AccessTokens;
import io.ordinal.platform.sessions.AccessTokens.AccessToken;
import io.ordinal.platform.sessions.AccessTokens.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/tokens` and `/kubeconfig`: credentials of the caller's own tools.
final class TokenEndpoints {

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final AccessTokens tokens;
  private final Clusters clusters;
  private final String authority;

  /// @param authority the certificate, in PEM, by which tools know the console
  TokenEndpoints(AccessTokens tokens, Clusters clusters, String authority) {
    this.tokens = tokens;
    this.clusters = clusters;
    this.authority = authority;
  }

  void tokens(Exchange exchange, Caller caller) throws IOException {
    switch (exchange.method()) {
      case "GET" -> {
        var json = JsonMapper.shared().createObjectNode();
        var items = json.putArray("items");
        tokens.of(caller.account().name()).forEach(token -> items.add(json(token)));
        exchange.answer(200, json);
      }
      case "POST" -> create(exchange, caller);
      default -> throw Refusal.methodNotAllowed();
    }
  }

  private void create(Exchange exchange, Caller caller) throws IOException {
    var body = exchange.json();
    var hours = body.path("expiresInHours").asInt((int) AccessTokens.USUAL_LIFE.toHours());
    var life = Duration.ofHours(hours);
    // Nobody tells us when an issuer ceases to vouch for somebody.
    if (!caller.account().local() && life.compareTo(AccessTokens.USUAL_LIFE) > 0) {
      throw Refusal.invalid(
          "expiresInHours", "must be at most " + AccessTokens.USUAL_LIFE.toHours());
    }
    var shown = make(caller, Exchange.text(body, "description"), life);
    exchange.answer(201, json(shown.known()).put("token", shown.token()));
  }

  /// Whoever signs a user out deletes the tokens that he finds: this one may have come later.
  Shown make(Caller caller, String description, Duration life) {
    var shown = tokens.create(caller.account().name(), description, life);
    if (caller.stillGood().getAsBoolean()) return shown;
    tokens.withdraw(shown);
    throw Refusal.unauthorized("you were signed out meanwhile");
  }

  void token(Exchange exchange, Caller caller, String id) throws IOException {
    if (!exchange.method().equals("DELETE")) throw Refusal.methodNotAllowed();
    tokens.delete(caller.account().name(), id);
    exchange.noContent();
  }

  /// Points at the gateway under the name by which the caller has reached it.
  void kubeconfig(Exchange exchange, Caller caller) throws IOException {
    if (!exchange.method().equals("GET")) throw Refusal.methodNotAllowed();
    var cluster = clusters.get(exchange.parameter("cluster").orElse(Member.HUB)).id();
    var namespace = exchange.parameter("namespace").orElse("");
    if (!namespace.isEmpty() && !NAMESPACE.matcher(namespace).matches()) {
      throw Refusal.invalid("namespace", "must be the name of a namespace");
    }
    var name = namespace.isEmpty() ? cluster : cluster + "-" + namespace;
    var user = caller.account().name();
    var shown = make(caller, "kubeconfig " + name, AccessTokens.USUAL_LIFE);
    exchange.set("Content-Disposition", "attachment; filename=\"" + name + "-config\"");
    var server = Guard.ownOrigin(exchange) + "/clusters/" + cluster;
    var text = kubeconfig(name, user, server, shown.token(), namespace);
    exchange.answer(200, "application/yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  /// @param namespace that commands without one work in; "" for `default`
  private String kubeconfig(
      String name, String user, String server, String token, String namespace) {
    var pem = authority.getBytes(StandardCharsets.UTF_8);
    var inNamespace = namespace.isEmpty() ? "" : "\n    namespace: \"" + namespace + "\"";
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: %1$s
      cluster:
        server: %3$s
        certificate-authority-data: %4$s
    users:
    - name: %1$s-%2$s
      user:
        token: %5$s
    contexts:
    - name: %1$s-context-default
      context:
        cluster: %1$s
        user: %1$s-%2$s%6$s
    current-context: %1$s-context-default
    """
        .formatted(name, user, server, Base64.getEncoder().encodeToString(pem), token, inNamespace);
  }

  private ObjectNode json(AccessToken token) {
    var json = JsonMapper.shared().createObjectNode();
    json.put("id", token.id());
    json.put("description", token.description());
    json.put("created", token.created().toString());
    json.put("expires", token.expires().toString());
    return json.put("state", tokens.isExpired(token) ? "Expired" : "Active");
  }
}
