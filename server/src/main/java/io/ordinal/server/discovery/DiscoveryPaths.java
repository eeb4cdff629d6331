package io.ordinal.server.discovery;

import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse.Whole;
import io.ordinal.server.Headers;
import io.ordinal.server.answer.AnswerEncoder;
import io.ordinal.server.answer.MediaRange;
import io.ordinal.server.answer.Representation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Answers `/api`, `/apis` and what lies between them and the resources (contract C).
public final class DiscoveryPaths {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> AGGREGATED_VERSIONS = List.of("v2", "v2beta1");

  private final Discovery discovery;

  /// Answers from these documents.
  public DiscoveryPaths(Discovery discovery) {
    this.discovery = discovery;
  }

  /// The document at the path; empty when it is none of discovery's.
  public Optional<Whole> answer(ApiRequest request) {
    var parts = request.path().substring(1).split("/", 0);
    var core = parts[0].equals("api");
    if (!core && !parts[0].equals("apis")) {
      return Optional.empty();
    }
    if (parts.length == 1) {
      return Optional.of(root(core, request));
    }
    var document =
        core
            ? document("", parts, 1)
            : parts.length == 2 ? discovery.group(parts[1]) : document(parts[1], parts, 2);
    return document.map(tree -> AnswerEncoder.object(200, tree, Representation.of(request)));
  }

  private Optional<ObjectNode> document(String group, String[] parts, int version) {
    return parts.length == version + 1
        ? discovery.resources(group, parts[version])
        : Optional.empty();
  }

  private Whole root(boolean core, ApiRequest request) {
    return aggregatedVersion(request)
        .map(version -> aggregated(core, version, request))
        .orElseGet(() ->
            AnswerEncoder.object(
                200,
                core ? discovery.versions() : discovery.groupList(),
                Representation.of(request)));
  }

  /// The version of apidiscovery.k8s.io that the client prefers to the old documents.
  private static Optional<String> aggregatedVersion(ApiRequest request) {
    for (var range : MediaRange.parse(request.headers().all("Accept"))) {
      if (range.parameter("as").equals("APIGroupDiscoveryList")
          && range.parameter("g").equals("apidiscovery.k8s.io")
          && range.type().equals("application/json")
          && AGGREGATED_VERSIONS.contains(range.parameter("v"))) {
        return Optional.of(range.parameter("v"));
      }
      var plain = range.parameter("as").isEmpty();
      if (plain && (range.type().equals("application/json") || range.type().equals("*/*"))) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Whole aggregated(boolean core, String version, ApiRequest request) {
    var body = JSON.writeValueAsBytes(discovery.aggregated(core, version));
    var crc = new CRC32C();
    crc.update(body);
    var tag = "\"" + Long.toHexString(crc.getValue()).toUpperCase(Locale.ROOT) + "\"";
    var type = "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
    var headers = Headers.of("Content-Type", type, "ETag", tag, "Vary", "Accept");
    return request.headers().first("If-None-Match").equals(tag)
        ? new Whole(304, headers, List.of())
        : new Whole(200, headers, List.of(body));
  }
}
