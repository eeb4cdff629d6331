package io.ordinal.server.answer;

import io.ordinal.schema.Yaml;
import io.ordinal.server.ApiException;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.Headers;
import io.ordinal.server.Query;
import io.ordinal.server.Status;
import io.ordinal.server.answer.Representation.Format;
import io.ordinal.server.answer.Representation.Include;
import io.ordinal.server.answer.Representation.Shape;
import io.ordinal.server.registry.Answer;
import io.ordinal.server.registry.WatchEvent;
import io.ordinal.server.table.Printer;
import io.ordinal.server.table.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Turns what the registry answered into the response that the client asked for. JSON as it is
/// stored goes out untouched, in pieces.
public final class AnswerEncoder {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final byte[] COMMA = {','};
  private static final byte[] NEWLINE = {'\n'};
  private static final byte[] LIST_END = "]}\n".getBytes(StandardCharsets.US_ASCII);
  private static final Duration SHORTEST_WATCH = Duration.ofMinutes(30);

  private final Tables tables;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param random for the length of watches whose clients do not care, so that they do not all end
  ///   at once
  public AnswerEncoder(InstantSource clock, RandomGenerator random) {
    this.tables = new Tables(clock);
    this.clock = clock;
    this.random = random;
  }

  /// The response to a request for objects.
  ///
  /// @param printer how the answer's objects look as rows
  public ApiResponse encode(
      Answer answer, Printer printer, ApiRequest request, Representation wanted) {
    return switch (answer) {
      case Answer.One one -> one(one, printer, wanted);
      case Answer.Many many -> many(many, printer, wanted);
      case Answer.Watching watching -> watching(watching, printer, request, wanted);
    };
  }

  /// A refusal, or success without an object.
  public static ApiResponse.Whole status(Status status, ApiRequest request) {
    var retry = status.details().retryAfterSeconds();
    var headers = retry > 0 ? Headers.of("Retry-After", Integer.toString(retry)) : Headers.NONE;
    var wanted = Representation.ofRefusal(request);
    return whole(status.code(), headers, List.of(status.json()), wanted);
  }

  /// An object that is not the registry's.
  public static ApiResponse.Whole object(int code, JsonNode tree, Representation wanted) {
    return whole(code, Headers.NONE, List.of(JSON.writeValueAsBytes(tree)), wanted);
  }

  private ApiResponse one(Answer.One one, Printer printer, Representation wanted) {
    var headers = warnings(one.warnings());
    return switch (wanted.shape()) {
      case Shape.Whole _ -> whole(one.code(), headers, List.of(one.json()), wanted);
      case Shape.Table(var version, var include) -> {
        var tree = tree(one.json());
        var table =
            isStatus(tree)
                ? tree
                : tables.single(version, tree, printer, o -> carried(o, include, version), true);
        yield whole(one.code(), headers, List.of(JSON.writeValueAsBytes(table)), wanted);
      }
      case Shape.Partial(var version) -> {
        var tree = tree(one.json());
        var shown = isStatus(tree) ? tree : partial(tree, version);
        yield whole(one.code(), headers, List.of(JSON.writeValueAsBytes(shown)), wanted);
      }
    };
  }

  private ApiResponse many(Answer.Many many, Printer printer, Representation wanted) {
    var pieces = new ArrayList<byte[]>(2 * many.items().size() + 2);
    pieces.add(listHead(many, printer, wanted.shape()));
    for (var item : many.items()) {
      if (pieces.size() > 1) {
        pieces.add(COMMA);
      }
      pieces.add(item(item, printer, wanted.shape()));
    }
    pieces.add(LIST_END);
    return whole(200, warnings(many.warnings()), pieces, wanted);
  }

  private byte[] listHead(Answer.Many many, Printer printer, Shape shape) {
    return switch (shape) {
      case Shape.Whole _ -> listHead(many.kind(), many.apiVersion(), many);
      case Shape.Table(var version, _) -> tables.head(version, metadata(many), printer);
      case Shape.Partial(var version) ->
          listHead("PartialObjectMetadataList", "meta.k8s.io/" + version, many);
    };
  }

  private static byte[] listHead(String kind, String apiVersion, Answer.Many many) {
    var head = JSON.createObjectNode().put("kind", kind).put("apiVersion", apiVersion);
    head.set("metadata", metadata(many));
    var text = JSON.writeValueAsString(head);
    return (text.substring(0, text.length() - 1) + ",\"items\":[").getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode metadata(Answer.Many many) {
    var metadata = JSON.createObjectNode();
    metadata.put("resourceVersion", Long.toString(many.resourceVersion()));
    if (!many.continueToken().isEmpty()) {
      metadata.put("continue", many.continueToken());
      many.remaining().ifPresent(count -> metadata.put("remainingItemCount", count));
    }
    return metadata;
  }

  private byte[] item(byte[] json, Printer printer, Shape shape) {
    return switch (shape) {
      case Shape.Whole _ -> json;
      case Shape.Table(var version, var include) ->
          tables.row(tree(json), printer, o -> carried(o, include, version));
      case Shape.Partial(var version) -> JSON.writeValueAsBytes(partial(tree(json), version));
    };
  }

  /// A subscription that nobody will read is ended: events would gather in it for ever.
  private ApiResponse watching(
      Answer.Watching watching, Printer printer, ApiRequest request, Representation wanted) {
    try {
      return new ApiResponse.Streamed(
          200, contentType("application/json"), frames(watching, printer, request, wanted));
    } catch (ApiException e) {
      watching.subscription().close();
      throw e;
    }
  }

  private WatchFrames frames(
      Answer.Watching watching, Printer printer, ApiRequest request, Representation wanted) {
    if (wanted.format() == Format.YAML) {
      throw new ApiException(Status.notAcceptable(List.of("application/json;stream=watch")));
    }
    var query = request.query();
    return new WatchFrames(
        watching.subscription(),
        events(printer, wanted.shape()),
        clock,
        timeout(query),
        query.flag("allowWatchBookmarks"));
  }

  private EventEncoder events(Printer printer, Shape shape) {
    return switch (shape) {
      case Shape.Whole _ -> EventEncoder.alike(shape, WatchEvent::json);
      case Shape.Partial(var version) ->
          EventEncoder.alike(shape, e -> JSON.writeValueAsBytes(partial(e.tree(), version)));
      case Shape.Table table ->
          new EventEncoder(
              new FirstOf(table),
              table,
              event -> tableEvent(event, table, printer, true),
              event -> tableEvent(event, table, printer, false));
    };
  }

  /// The first event of a table stream, which alone carries the columns.
  private record FirstOf(Shape.Table table) {}

  private byte[] tableEvent(
      WatchEvent event, Shape.Table shape, Printer printer, boolean withColumns) {
    var object = event.tree();
    var version = shape.version();
    var table =
        event.type() == WatchEvent.Type.BOOKMARK
            ? tables.empty(version, object)
            : tables.single(
                version, object, printer, o -> carried(o, shape.include(), version), withColumns);
    return JSON.writeValueAsBytes(table);
  }

  private Duration timeout(Query query) {
    var asked = query.first("timeoutSeconds");
    if (asked.isEmpty() || asked.equals("0")) {
      return SHORTEST_WATCH.plusSeconds(random.nextLong(SHORTEST_WATCH.toSeconds()));
    }
    try {
      return Duration.ofSeconds(Math.max(0, Integer.parseInt(asked)));
    } catch (NumberFormatException e) {
      throw new ApiException(
          Status.badRequest(
              "strconv.ParseInt: parsing \"" + asked + "\": invalid syntax (timeoutSeconds)"));
    }
  }

  private static Optional<ObjectNode> carried(ObjectNode object, Include include, String version) {
    return switch (include) {
      case NONE -> Optional.empty();
      case METADATA -> Optional.of(partial(object, version));
      case OBJECT -> Optional.of(object);
    };
  }

  private static ObjectNode partial(ObjectNode object, String version) {
    var partial = JSON.createObjectNode();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/" + version);
    partial.set("metadata", object.path("metadata"));
    return partial;
  }

  private static boolean isStatus(ObjectNode tree) {
    return tree.path("kind").asString("").equals("Status");
  }

  private static ObjectNode tree(byte[] json) {
    return (ObjectNode) JSON.readTree(json);
  }

  private static ApiResponse.Whole whole(
      int code, Headers headers, List<byte[]> json, Representation wanted) {
    var type = contentType(wanted.format().mediaType());
    if (wanted.format() == Format.YAML) {
      return new ApiResponse.Whole(
          code, type.with(headers), List.of(Yaml.write(JSON.readTree(joined(json)))));
    }
    if (wanted.pretty()) {
      var pretty = PrettyJson.write(JSON.readTree(joined(json)));
      return new ApiResponse.Whole(code, type.with(headers), List.of(pretty, NEWLINE));
    }
    return new ApiResponse.Whole(code, type.with(headers), json);
  }

  private static byte[] joined(List<byte[]> pieces) {
    return new ApiResponse.Whole(200, Headers.NONE, pieces).bytes();
  }

  private static Headers contentType(String type) {
    return Headers.of("Content-Type", type);
  }

  private static Headers warnings(List<String> texts) {
    var headers = Headers.NONE;
    for (var text : texts) {
      var escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
      headers = headers.with("Warning", "299 - \"" + escaped + "\"");
    }
    return headers;
  }
}
