package io.ordinal.schema;

import io.ordinal.schema.PatchException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON Patch (RFC 6902).
public final class JsonPatch {
  /// As upstream: more are refused with 413.
  public static final int MOST_OPERATIONS = 10_000;

  /// Copies of copies would make a small patch a big object.
  private static final int MOST_COPIED = 3 * 1024 * 1024;

  private static final Set<String> NEED_VALUE = Set.of("add", "replace", "test");
  private static final Set<String> NEED_FROM = Set.of("move", "copy");

  private static final Comparator<JsonNode> SAME_NUMBERS =
      (left, right) -> {
        if (left.isNumber() && right.isNumber()) {
          return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.equals(right) ? 0 : 1;
      };

  private JsonPatch() {}

  /// The target with all operations applied; neither is changed.
  ///
  /// @param operations the patch as it was sent, an array
  /// @throws PatchException when the patch is malformed, too long, or does not fit the target
  public static JsonNode apply(JsonNode target, JsonNode operations) {
    if (!(operations instanceof ArrayNode list)) {
      throw new PatchException(Reason.MALFORMED, "a JSON patch is an array of operations");
    }
    if (list.size() > MOST_OPERATIONS) {
      throw new PatchException(
          Reason.TOO_LARGE,
          "The allowed maximum operations in a JSON patch is %d, got %d"
              .formatted(MOST_OPERATIONS, list.size()));
    }
    JsonNode result = target.deepCopy();
    long copied = 0;
    for (JsonNode operation : list) {
      copied += sizeOfCopy(result, operation);
      if (copied > MOST_COPIED) {
        throw new PatchException(
            Reason.TOO_LARGE, "the patch copies more than " + MOST_COPIED + " characters");
      }
      result = applyOne(result, operation);
    }
    return result;
  }

  private static long sizeOfCopy(JsonNode document, JsonNode operation) {
    boolean copies = text(operation, "op").equals("copy");
    return copies
        ? find(document, pointer(text(operation, "from")), "copy").toString().length()
        : 0;
  }

  private static JsonNode applyOne(JsonNode document, JsonNode operation) {
    String op = text(operation, "op");
    List<String> path = pointer(text(operation, "path"));
    @Nullable JsonNode value = operation.get("value");
    if (NEED_VALUE.contains(op) && value == null) {
      throw new PatchException(Reason.MALFORMED, "operation " + op + " needs a value");
    }
    JsonNode given = value == null ? JsonNodeFactory.instance.nullNode() : value.deepCopy();
    List<String> from = NEED_FROM.contains(op) ? pointer(text(operation, "from")) : List.of();
    return switch (op) {
      case "add" -> add(document, path, given);
      case "remove" -> remove(document, path);
      case "replace" -> replace(document, path, given);
      case "move" -> move(document, from, path);
      case "copy" -> add(document, path, find(document, from, "copy").deepCopy());
      case "test" -> test(document, path, given);
      default -> throw new PatchException(Reason.MALFORMED, "Unexpected kind: " + op);
    };
  }

  private static String text(JsonNode operation, String field) {
    JsonNode value = operation.get(field);
    if (value == null || !value.isString()) {
      throw new PatchException(
          Reason.MALFORMED, "an operation of a JSON patch needs the text field " + field);
    }
    return value.stringValue();
  }

  private static List<String> pointer(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    if (!text.startsWith("/")) {
      throw new PatchException(Reason.MALFORMED, "a path begins with a slash: " + text);
    }
    var steps = new ArrayList<String>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return steps;
  }

  private static JsonNode add(JsonNode document, List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      return value;
    }
    switch (parent(document, path, "add")) {
      case ObjectNode object -> object.set(path.getLast(), value);
      case ArrayNode array -> array.insert(index(array, path, "add", true), value);
      case JsonNode other -> throw missing("add", path, other);
    }
    return document;
  }

  private static JsonNode remove(JsonNode document, List<String> path) {
    if (path.isEmpty()) {
      throw new PatchException(
          Reason.INAPPLICABLE, "remove operation does not apply: doc is the whole object");
    }
    find(document, path, "remove");
    switch (parent(document, path, "remove")) {
      case ObjectNode object -> object.remove(path.getLast());
      case ArrayNode array -> array.remove(index(array, path, "remove", false));
      case JsonNode other -> throw missing("remove", path, other);
    }
    return document;
  }

  private static JsonNode replace(JsonNode document, List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      return value;
    }
    find(document, path, "replace");
    switch (parent(document, path, "replace")) {
      case ObjectNode object -> object.set(path.getLast(), value);
      case ArrayNode array -> array.set(index(array, path, "replace", false), value);
      case JsonNode other -> throw missing("replace", path, other);
    }
    return document;
  }

  private static JsonNode move(JsonNode document, List<String> from, List<String> path) {
    boolean intoItself = path.size() > from.size() && path.subList(0, from.size()).equals(from);
    if (intoItself) {
      throw new PatchException(Reason.MALFORMED, "a value cannot be moved into itself");
    }
    JsonNode value = find(document, from, "move");
    return add(remove(document, from), path, value);
  }

  private static JsonNode test(JsonNode document, List<String> path, JsonNode expected) {
    JsonNode actual = lookUp(document, path);
    boolean holds = actual == null ? expected.isNull() : actual.equals(SAME_NUMBERS, expected);
    if (!holds) {
      throw new PatchException(
          Reason.INAPPLICABLE, "testing value /" + String.join("/", path) + " failed: test failed");
    }
    return document;
  }

  private static JsonNode parent(JsonNode document, List<String> path, String op) {
    JsonNode parent = lookUp(document, path.subList(0, path.size() - 1));
    if (parent == null) {
      throw missing(op, path, document);
    }
    return parent;
  }

  private static JsonNode find(JsonNode document, List<String> path, String op) {
    JsonNode found = lookUp(document, path);
    if (found == null) {
      throw missing(op, path, document);
    }
    return found;
  }

  private static @Nullable JsonNode lookUp(JsonNode document, List<String> path) {
    @Nullable JsonNode at = document;
    for (String step : path) {
      if (at instanceof ArrayNode array) {
        int index = number(step);
        at = index < 0 || index >= array.size() ? null : array.get(index);
      } else {
        at = at == null ? null : at.get(step);
      }
    }
    return at;
  }

  private static int index(ArrayNode array, List<String> path, String op, boolean end) {
    String step = path.getLast();
    int index = end && step.equals("-") ? array.size() : number(step);
    if (index < 0 || index > array.size() || (index == array.size() && !end)) {
      throw missing(op, path, array);
    }
    return index;
  }

  /// An array's index, or -1 for what is none: no sign, no leading zero.
  private static int number(String step) {
    boolean digits =
        !step.isEmpty() && step.length() < 8 && step.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && (step.length() == 1 || step.charAt(0) != '0') ? Integer.parseInt(step) : -1;
  }

  private static PatchException missing(String op, List<String> path, JsonNode where) {
    String kind = where instanceof ArrayNode ? "Unable to access invalid index" : "missing path";
    return new PatchException(
        Reason.INAPPLICABLE,
        "%s operation does not apply: doc is missing path: \"/%s\": %s"
            .formatted(op, String.join("/", path), kind));
  }
}
