package io.ordinal.server.registry;

import io.ordinal.schema.JsonPatch;
import io.ordinal.schema.MergePatch;
import io.ordinal.schema.ObjectType;
import io.ordinal.schema.PatchException;
import io.ordinal.schema.StrategicMerge;
import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.tree.Json;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A patch from a request's body (contract F1).
final class Patches {
  static final String JSON_PATCH = "application/json-patch+json";
  static final String MERGE_PATCH = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";

  /// As deep as a body may nest.
  private static final int DEEPEST = 400;

  private Patches() {}

  /// What the patch does to an object of that type.
  static UnaryOperator<ObjectNode> read(Call call, Kind kind, ObjectType type) {
    return switch (call.contentType()) {
      case JSON_PATCH -> {
        var operations = parse(call.body());
        yield guarded(kind, call, target -> shallow(JsonPatch.apply(target, operations)));
      }
      case MERGE_PATCH -> {
        var patch = parse(call.body());
        yield guarded(kind, call, target -> MergePatch.apply(target, patch));
      }
      case STRATEGIC -> {
        if (kind.strategy().customType().isPresent()) throw unsupported(JSON_PATCH, MERGE_PATCH);
        var patch = object(parse(call.body()));
        yield guarded(kind, call, target -> StrategicMerge.apply(target, patch, type));
      }
      default -> throw unsupported(JSON_PATCH, MERGE_PATCH, STRATEGIC);
    };
  }

  private static ApiException unsupported(String... accepted) {
    return new ApiException(Status.unsupportedMediaType(List.of(accepted)));
  }

  /// Copying an object into itself nests deeper than any body could.
  private static JsonNode shallow(JsonNode patched) {
    if (isDeeper(patched, DEEPEST)) throw tooDeep();
    return patched;
  }

  private static ApiException tooDeep() {
    return Refusals.badRequest("the patched object nests too deep");
  }

  private static boolean isDeeper(JsonNode node, int levels) {
    if (!node.isContainer()) return false;
    if (levels == 0) return true;
    for (var child : node) {
      if (isDeeper(child, levels - 1)) return true;
    }
    return false;
  }

  private static UnaryOperator<ObjectNode> guarded(
      Kind kind, Call call, Function<ObjectNode, JsonNode> patch) {
    return target -> {
      try {
        return object(patch.apply(target));
      } catch (PatchException e) {
        throw new ApiException(refusal(kind, call.target().name(), e));
      } catch (StreamConstraintsException e) {
        throw tooDeep();
      }
    };
  }

  private static Status refusal(Kind kind, String name, PatchException e) {
    var message = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case MALFORMED -> Status.badRequest(message);
      case TOO_LARGE -> Status.tooLarge(message);
      case INAPPLICABLE ->
          Status.failure(
              422, "Invalid", message, Status.Details.of(kind.group(), kind.resource(), name));
    };
  }

  private static JsonNode parse(byte[] body) {
    try {
      return Json.parseAny(body);
    } catch (JacksonException e) {
      throw Refusals.badRequest("error decoding patch: " + firstLine(e));
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) return object;
    throw Refusals.badRequest("error decoding patch: an object is expected");
  }
}
