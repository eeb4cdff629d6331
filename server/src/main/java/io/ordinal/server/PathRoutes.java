package io.ordinal.server;

import io.ordinal.server.answer.AnswerEncoder;
import io.ordinal.server.answer.Representation;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.health.Health;
import io.ordinal.server.health.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Everything that is no resource: discovery, health, version, metrics, the issuer's documents.
final class PathRoutes {
  private static final List<String> OWN_PATHS =
      List.of(
          "/.well-known/openid-configuration",
          "/apis",
          "/healthz",
          "/livez",
          "/metrics",
          "/openapi/v2",
          "/openapi/v3",
          "/openid/v1/jwks",
          "/readyz",
          "/version");

  private final Published published;
  private final Health health;
  private final Metrics metrics;
  private final TokenConfig tokens;

  PathRoutes(Published published, Health health, Metrics metrics, TokenConfig tokens) {
    this.published = published;
    this.health = health;
    this.metrics = metrics;
    this.tokens = tokens;
  }

  ApiResponse answer(ApiRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw new ApiException(Status.methodNotAllowed());
    }
    return switch (request.path()) {
      case "/" -> object(index(), request);
      case "/version", "/version/" -> object(Version.tree(), request);
      case "/metrics" -> text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
      case "/.well-known/openid-configuration" -> object(tokens.discovery(), request);
      case "/openid/v1/jwks" -> object(tokens.jwks(), request);
      default -> searched(request).orElseGet(PathRoutes::notFound);
    };
  }

  private Optional<ApiResponse> searched(ApiRequest request) {
    return health
        .answer(request.path(), request.query())
        .<ApiResponse>map(answer -> answer)
        .or(() -> published.now().answer(request));
  }

  private ObjectNode index() {
    var paths = new ArrayList<>(published.now().discovery().paths());
    paths.addAll(OWN_PATHS);
    var tree = JsonMapper.shared().createObjectNode();
    var list = tree.putArray("paths");
    paths.stream().sorted().forEach(list::add);
    return tree;
  }

  private static ApiResponse object(ObjectNode tree, ApiRequest request) {
    return AnswerEncoder.object(200, tree, Representation.of(request));
  }

  /// As upstream words it for a path that nobody serves.
  private static ApiResponse notFound() {
    var text = "404 page not found\n".getBytes(StandardCharsets.US_ASCII);
    return text(404, "text/plain; charset=utf-8", text);
  }

  private static ApiResponse text(int status, String type, byte[] text) {
    var headers = Headers.of("Content-Type", type, "X-Content-Type-Options", "nosniff");
    return new ApiResponse.Whole(status, headers, List.of(text));
  }
}
