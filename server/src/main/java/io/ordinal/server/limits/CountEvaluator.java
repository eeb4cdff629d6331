package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Objects of which only the number counts: `count/statefulsets.apps`, and for some kinds an older
/// name as well.
record CountEvaluator(Map<String, Quantity> each) implements Evaluator {
  private static final Set<String> OF_OLD =
      Set.of("configmaps", "secrets", "replicationcontrollers", "resourcequotas");

  static CountEvaluator of(Kind kind) {
    var names = new TreeMap<String, Quantity>();
    names.put(nameOf(kind.group(), kind.resource()), Quantity.of(1));
    if (kind.group().isEmpty() && OF_OLD.contains(kind.resource())) {
      names.put(kind.resource(), Quantity.of(1));
    }
    return new CountEvaluator(names);
  }

  static String nameOf(String group, String resource) {
    return "count/" + resource + (group.isEmpty() ? "" : "." + group);
  }

  @Override
  public boolean handles(Attributes about) {
    return about.creates();
  }

  @Override
  public boolean counts(String resource) {
    return each.containsKey(resource);
  }

  @Override
  public Map<String, Quantity> usage(ObjectNode object, Instant now) {
    return each;
  }
}
