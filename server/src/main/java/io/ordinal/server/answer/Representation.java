package io.ordinal.server.answer;

import io.ordinal.server.ApiException;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.Status;
import java.util.List;
import java.util.Optional;

/// The form in which a client wants its answer, agreed on from the Accept header (contract A2).
///
/// @param pretty indented, for eyes
public record Representation(Format format, Shape shape, boolean pretty) {
  /// What every client can read.
  public static final Representation JSON = new Representation(Format.JSON, Shape.WHOLE, false);

  private static final List<String> META_VERSIONS = List.of("v1", "v1beta1");

  /// How trees become bytes.
  public enum Format {
    JSON("application/json"),
    YAML("application/yaml");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /// The value of Content-Type.
    public String mediaType() {
      return mediaType;
    }
  }

  /// What of an object is shown.
  public sealed interface Shape {
    /// The objects as they are.
    Shape WHOLE = new Whole();

    /// The objects as they are.
    record Whole() implements Shape {}

    /// Rows of a Table of `meta.k8s.io`.
    record Table(String version, Include include) implements Shape {}

    /// Nothing but the metadata.
    ///
    /// @param version of `meta.k8s.io`
    record Partial(String version) implements Shape {}
  }

  /// What the rows of a table carry of their object.
  public enum Include {
    NONE,
    METADATA,
    OBJECT
  }

  /// The first clause of the request's Accept header that we can satisfy.
  ///
  /// @throws ApiException 406 when there is none
  public static Representation of(ApiRequest request) {
    for (var range : MediaRange.parse(request.headers().all("Accept"))) {
      var format = format(range);
      var shape = shape(range, request);
      if (format.isPresent() && shape.isPresent()) {
        var pretty = format.get() == Format.JSON && pretty(range, request);
        return new Representation(format.get(), shape.get(), pretty);
      }
    }
    throw new ApiException(
        Status.notAcceptable(List.of(Format.JSON.mediaType(), Format.YAML.mediaType())));
  }

  /// The form for a refusal: it never fails.
  static Representation ofRefusal(ApiRequest request) {
    try {
      var wanted = of(request);
      return new Representation(wanted.format, Shape.WHOLE, wanted.pretty);
    } catch (ApiException e) {
      return JSON;
    }
  }

  private static Optional<Format> format(MediaRange range) {
    return switch (range.type()) {
      case "application/json", "application/*", "*/*" -> Optional.of(Format.JSON);
      case "application/yaml", "application/x-yaml" -> Optional.of(Format.YAML);
      default -> Optional.empty();
    };
  }

  private static Optional<Shape> shape(MediaRange range, ApiRequest request) {
    var as = range.parameter("as");
    var version = range.parameter("v");
    if (as.isEmpty()) {
      return Optional.of(Shape.WHOLE);
    }
    if (!range.parameter("g").equals("meta.k8s.io") || !META_VERSIONS.contains(version)) {
      return Optional.empty();
    }
    return switch (as) {
      case "Table" -> Optional.of(new Shape.Table(version, include(request)));
      case "PartialObjectMetadata", "PartialObjectMetadataList" ->
          Optional.of(new Shape.Partial(version));
      default -> Optional.empty();
    };
  }

  private static Include include(ApiRequest request) {
    var asked = request.query().first("includeObject");
    return switch (asked) {
      case "", "Metadata" -> Include.METADATA;
      case "None" -> Include.NONE;
      case "Object" -> Include.OBJECT;
      default ->
          throw new ApiException(
              Status.badRequest("unrecognized includeObject value: \"" + asked + "\""));
    };
  }

  private static boolean pretty(MediaRange range, ApiRequest request) {
    if (request.query().has("pretty")) {
      return request.query().flag("pretty");
    }
    if (range.parameters().containsKey("pretty")) {
      return !range.parameter("pretty").equals("0");
    }
    var agent = request.headers().first("User-Agent");
    return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
  }
}
