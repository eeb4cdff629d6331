package io.ordinal.schema;

import io.ordinal.schema.PatchException.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Strategic merge patch (contract F2): like a merge patch, but lists are joined by the merge keys
/// of their type, and directives in the patch say what plain values cannot.
public final class StrategicMerge {
  static final String PATCH = "$patch";
  static final String RETAIN_KEYS = "$retainKeys";
  static final String ELEMENT_ORDER = "$setElementOrder/";
  static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

  private StrategicMerge() {}

  /// The target with the patch applied; neither is changed.
  ///
  /// @throws PatchException when the patch is malformed
  public static ObjectNode apply(ObjectNode target, ObjectNode patch, ObjectType type) {
    return map(target.deepCopy(), patch, new FieldType.Ref(type.name(), () -> type));
  }

  /// Changes and answers `target`, unless a directive replaces it.
  private static ObjectNode map(ObjectNode target, ObjectNode patch, @Nullable FieldType type) {
    JsonNode directive = patch.get(PATCH);
    if (directive != null) {
      switch (directive.asString("")) {
        case "replace" -> {
          return (ObjectNode) plain(patch);
        }
        case "delete" -> {
          return JsonNodeFactory.instance.objectNode();
        }
        case "merge" -> {}
        default -> throw malformed("unknown patch type found: " + directive.asString(""));
      }
    }
    retainKeys(target, patch);
    Set<String> ordered = orderedLists(target, patch, type);
    for (var entry : patch.properties()) {
      String key = entry.getKey();
      if (key.startsWith(DELETE_PRIMITIVES)) {
        deletePrimitives(target, key.substring(DELETE_PRIMITIVES.length()), entry.getValue());
      } else if (!isDirective(key) && !ordered.contains(key)) {
        put(target, key, entry.getValue(), type);
      }
    }
    return target;
  }

  private static void put(
      ObjectNode target, String key, JsonNode change, @Nullable FieldType type) {
    JsonNode before = target.get(key);
    if (change.isNull()) {
      target.remove(key);
    } else if (before instanceof ObjectNode map && change instanceof ObjectNode patch) {
      boolean replaces = mergingOf(type, key).patch().contains(Merging.Patch.REPLACE);
      target.set(key, replaces ? plain(patch) : map(map, patch, typeOf(type, key)));
    } else if (before instanceof ArrayNode list && change instanceof ArrayNode patch) {
      target.set(key, list(list, patch, mergingOf(type, key), itemTypeOf(type, key)));
    } else {
      target.set(key, plain(change));
    }
  }

  private static void retainKeys(ObjectNode target, ObjectNode patch) {
    JsonNode directive = patch.get(RETAIN_KEYS);
    if (directive == null) {
      return;
    }
    Set<String> retained = new HashSet<>();
    arrayOf(RETAIN_KEYS, directive).forEach(key -> retained.add(key.asString("")));
    for (String key : patch.propertyNames()) {
      if (!isDirective(key) && !retained.contains(key)) {
        throw malformed(
            "$retainKeys list must contain all fields present in the patch: " + key + " is not");
      }
    }
    target.retain(retained);
  }

  /// Merges the lists whose order the patch gives; answers their names.
  private static Set<String> orderedLists(
      ObjectNode target, ObjectNode patch, @Nullable FieldType type) {
    Set<String> done = new HashSet<>();
    for (var entry : patch.properties()) {
      if (!entry.getKey().startsWith(ELEMENT_ORDER)) {
        continue;
      }
      String key = entry.getKey().substring(ELEMENT_ORDER.length());
      ArrayNode order = arrayOf(entry.getKey(), entry.getValue());
      JsonNode before = target.get(key);
      JsonNode change = patch.get(key);
      boolean isList = change == null ? before != null : change.isArray();
      if (!isList) {
        continue;
      }
      String mergeKey = mergingOf(type, key).mergeKey();
      ListOrder.check(change, order, mergeKey);
      if (change != null) {
        put(target, key, change, type);
      }
      if (target.get(key) instanceof ArrayNode merged) {
        target.set(
            key,
            ListOrder.arrange(merged, order, before instanceof ArrayNode b ? b : null, mergeKey));
      }
      done.add(key);
    }
    return done;
  }

  private static void deletePrimitives(ObjectNode target, String key, JsonNode values) {
    ArrayNode gone = arrayOf(DELETE_PRIMITIVES + key, values);
    if (target.get(key) instanceof ArrayNode list) {
      ArrayNode left = JsonNodeFactory.instance.arrayNode();
      list.forEach(value -> addUnless(contains(gone, value), left, value));
      target.set(key, left);
    }
  }

  private static ArrayNode list(
      ArrayNode target, ArrayNode patch, Merging merging, @Nullable FieldType item) {
    if (!merging.joinsLists()) {
      return (ArrayNode) plain(patch);
    }
    boolean objects = isOfObjects(target, patch);
    if (!objects) {
      ArrayNode union = target.deepCopy();
      patch.forEach(value -> addUnless(contains(union, value), union, value));
      return ListOrder.arrange(union, patch, target, "");
    }
    if (merging.mergeKey().isEmpty()) {
      throw malformed("cannot merge lists without merge key");
    }
    return join(target, patch, merging.mergeKey(), item);
  }

  private static boolean isOfObjects(ArrayNode target, ArrayNode patch) {
    boolean any = false;
    boolean all = true;
    for (ArrayNode list : List.of(target, patch)) {
      for (JsonNode element : list) {
        any |= element.isObject();
        all &= element.isObject();
      }
    }
    if (any && !all) {
      throw malformed("list element types are not identical");
    }
    return any;
  }

  private static ArrayNode join(
      ArrayNode target, ArrayNode patch, String mergeKey, @Nullable FieldType item) {
    ArrayNode result = target.deepCopy();
    ArrayNode plainPatch = JsonNodeFactory.instance.arrayNode();
    boolean replaces = false;
    for (JsonNode element : patch) {
      switch (element.path(PATCH).asString("")) {
        case "" -> plainPatch.add(element);
        case "replace" -> replaces = true;
        case "delete" -> delete(result, mergeKey, keyOf(element, mergeKey));
        case "merge" ->
            throw malformed("merging of a list element by $patch: merge is not supported");
        default -> throw malformed("unknown patch type found: " + element.path(PATCH));
      }
    }
    if (replaces) {
      return (ArrayNode) plain(plainPatch);
    }
    for (JsonNode element : plainPatch) {
      int at = indexOf(result, mergeKey, keyOf(element, mergeKey));
      if (at < 0) {
        result.add(plain(element));
      } else {
        result.set(at, map((ObjectNode) result.get(at), (ObjectNode) element, item));
      }
    }
    return ListOrder.arrange(result, plainPatch, target, mergeKey);
  }

  private static JsonNode keyOf(JsonNode element, String mergeKey) {
    JsonNode key = element.get(mergeKey);
    if (key == null) {
      throw malformed("map: " + element + " does not contain declared merge key: " + mergeKey);
    }
    return key;
  }

  private static void delete(ArrayNode list, String mergeKey, JsonNode key) {
    for (int at = indexOf(list, mergeKey, key); at >= 0; at = indexOf(list, mergeKey, key)) {
      list.remove(at);
    }
  }

  static int indexOf(ArrayNode list, String mergeKey, JsonNode key) {
    for (int i = 0; i < list.size(); i++) {
      JsonNode element = list.get(i);
      if (key.equals(mergeKey.isEmpty() ? element : element.get(mergeKey))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean contains(ArrayNode list, JsonNode value) {
    return indexOf(list, "", value) >= 0;
  }

  private static void addUnless(boolean known, ArrayNode list, JsonNode value) {
    if (!known) {
      list.add(value);
    }
  }

  /// A patch value that meets nothing: without directives and nulls.
  private static JsonNode plain(JsonNode patch) {
    return switch (patch) {
      case ObjectNode map -> {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        boolean deleted = map.path(PATCH).asString("").equals("delete");
        for (var entry : map.properties()) {
          if (!deleted && !isDirective(entry.getKey()) && !entry.getValue().isNull()) {
            result.set(entry.getKey(), plain(entry.getValue()));
          }
        }
        yield result;
      }
      case ArrayNode list -> {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        list.forEach(element -> addUnless(element.has(PATCH), result, plain(element)));
        yield result;
      }
      default -> patch;
    };
  }

  private static boolean isDirective(String key) {
    return key.equals(PATCH)
        || key.equals(RETAIN_KEYS)
        || key.startsWith(ELEMENT_ORDER)
        || key.startsWith(DELETE_PRIMITIVES);
  }

  private static @Nullable FieldType typeOf(@Nullable FieldType owner, String key) {
    return switch (owner) {
      case FieldType.Ref ref -> {
        Field field = ref.type().field(key);
        yield field == null ? null : field.type();
      }
      case FieldType.MapOf map -> map.value();
      case FieldType.ListOf _, FieldType.Scalar _ -> null;
      case null -> null;
    };
  }

  private static @Nullable FieldType itemTypeOf(@Nullable FieldType owner, String key) {
    return typeOf(owner, key) instanceof FieldType.ListOf list ? list.item() : null;
  }

  private static Merging mergingOf(@Nullable FieldType owner, String key) {
    Field field = owner instanceof FieldType.Ref ref ? ref.type().field(key) : null;
    return field == null ? Merging.PLAIN : field.merging();
  }

  private static ArrayNode arrayOf(String directive, JsonNode value) {
    if (value instanceof ArrayNode list) {
      return list;
    }
    throw malformed(directive + " must be a list");
  }

  static PatchException malformed(String message) {
    return new PatchException(Reason.MALFORMED, message);
  }
}
