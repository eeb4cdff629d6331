package io.ordinal.schema;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Where the elements of a merged list stand: those that the patch names in the patch's order,
/// those that only the server has where they were in relation to them.
final class ListOrder {
  private ListOrder() {}

  /// The merged list in order.
  ///
  /// @param order elements, or their merge keys, in the order that the patch wants
  /// @param server the list before the patch
  static ArrayNode arrange(
      ArrayNode merged, ArrayNode order, @Nullable ArrayNode server, String mergeKey) {
    var named = new ArrayList<JsonNode>();
    var taken = new BitSet();
    for (JsonNode wanted : order) {
      int at = position(wanted, merged, mergeKey);
      if (at >= 0 && !taken.get(at)) {
        named.add(merged.get(at));
        taken.set(at);
      }
    }
    var serverOnly = new ArrayList<JsonNode>();
    for (int i = 0; i < merged.size(); i++) {
      if (!taken.get(i)) {
        serverOnly.add(merged.get(i));
      }
    }
    return interleave(serverOnly, named, server == null ? merged : server, mergeKey);
  }

  /// Refuses a patch whose own elements contradict the order it gives.
  static void check(@Nullable JsonNode patch, ArrayNode order, String mergeKey) {
    int last = -1;
    for (JsonNode element : patch instanceof ArrayNode list ? list : List.<JsonNode>of()) {
      JsonNode key = keyOf(element, mergeKey);
      if (element.has(StrategicMerge.PATCH) || key == null) {
        continue;
      }
      int at = StrategicMerge.indexOf(order, mergeKey, key);
      if (at < 0 || at < last) {
        throw StrategicMerge.malformed(
            "The order in patch list:\n%s\n doesn't match $setElementOrder list:\n%s\n"
                .formatted(patch, order));
      }
      last = at;
    }
  }

  private static ArrayNode interleave(
      List<JsonNode> serverOnly, List<JsonNode> named, ArrayNode server, String mergeKey) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    int i = 0;
    int j = 0;
    while (i < serverOnly.size() || j < named.size()) {
      boolean takesServers =
          j == named.size()
              || (i < serverOnly.size()
                  && isBefore(serverOnly.get(i), named.get(j), server, mergeKey));
      result.add(takesServers ? serverOnly.get(i++) : named.get(j++));
    }
    return result;
  }

  private static boolean isBefore(
      JsonNode left, JsonNode right, ArrayNode server, String mergeKey) {
    int leftAt = position(left, server, mergeKey);
    int rightAt = position(right, server, mergeKey);
    return leftAt >= 0 && rightAt >= 0 && leftAt < rightAt;
  }

  private static int position(JsonNode element, ArrayNode list, String mergeKey) {
    JsonNode key = keyOf(element, mergeKey);
    return key == null ? -1 : StrategicMerge.indexOf(list, mergeKey, key);
  }

  private static @Nullable JsonNode keyOf(JsonNode element, String mergeKey) {
    return mergeKey.isEmpty() ? element : element.get(mergeKey);
  }
}
