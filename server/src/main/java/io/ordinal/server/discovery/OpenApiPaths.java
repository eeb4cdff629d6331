package io.ordinal.server.discovery;

import io.ordinal.schema.OpenApi;
import io.ordinal.schema.OpenApi.Document;
import io.ordinal.server.ApiException;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse.Whole;
import io.ordinal.server.Headers;
import io.ordinal.server.Status;
import io.ordinal.server.answer.MediaRange;
import java.util.List;
import java.util.Optional;

/// Answers `/openapi/v2` and `/openapi/v3` (contract C). Client-go reads version 2 as protobuf
/// only.
public final class OpenApiPaths {
  private static final String V3 = "/openapi/v3";
  private static final String JSON = "application/json";

  /// Both spellings are in use; only the second is a proper media type.
  private static final List<String> V2_PROTOBUF =
      List.of(
          "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
          "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");

  private final OpenApi openApi;

  /// Answers from these documents, which are made when first asked for.
  public OpenApiPaths(OpenApi openApi) {
    this.openApi = openApi;
  }

  /// The document at the path; empty when there is none.
  public Optional<Whole> answer(ApiRequest request) {
    var path = request.path();
    if (path.equals("/openapi/v2")) {
      return Optional.of(v2(request));
    }
    if (path.equals(V3) || path.equals(V3 + "/")) {
      return Optional.of(json(openApi.v3Index(), request));
    }
    return path.startsWith(V3 + "/")
        ? openApi.v3(path.substring(V3.length() + 1)).map(document -> json(document, request))
        : Optional.empty();
  }

  private Whole v2(ApiRequest request) {
    for (var range : MediaRange.parse(request.headers().all("Accept"))) {
      if (V2_PROTOBUF.contains(range.type())) {
        return whole(openApi.v2Protobuf(), V2_PROTOBUF.get(1), request);
      }
      if (isJson(range)) {
        return whole(openApi.v2Json(), JSON, request);
      }
    }
    throw new ApiException(Status.notAcceptable(List.of(JSON, V2_PROTOBUF.get(1))));
  }

  private static Whole json(Document document, ApiRequest request) {
    if (MediaRange.parse(request.headers().all("Accept")).stream()
        .noneMatch(OpenApiPaths::isJson)) {
      throw new ApiException(Status.notAcceptable(List.of(JSON)));
    }
    return whole(document, JSON, request);
  }

  private static boolean isJson(MediaRange range) {
    return switch (range.type()) {
      case JSON, "application/*", "*/*" -> range.parameter("as").isEmpty();
      default -> false;
    };
  }

  private static Whole whole(Document document, String type, ApiRequest request) {
    var tag = "\"" + document.hash() + "\"";
    var headers = Headers.of("Content-Type", type, "ETag", tag, "Vary", "Accept");
    return request.headers().first("If-None-Match").equals(tag)
        ? new Whole(304, headers, List.of())
        : new Whole(200, headers, List.of(document.bytes()));
  }
}
