package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.kinds.StorageClassStrategy;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// PersistentVolumeClaims: their number and the storage they ask for, together and by class.
record ClaimEvaluator() implements Evaluator {
  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String STORAGE = "requests.storage";
  private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
  private static final List<String[]> ATTRIBUTES =
      List.of(
          new String[] {"spec", "volumeAttributesClassName"},
          new String[] {"status", "currentVolumeAttributesClassName"},
          new String[] {"status", "modifyVolumeStatus", "targetVolumeAttributesClassName"});

  /// It can grow.
  @Override
  public boolean handles(Attributes about) {
    return true;
  }

  @Override
  public boolean counts(String resource) {
    return resource.equals("count/" + CLAIMS)
        || resource.equals(CLAIMS)
        || resource.equals(STORAGE)
        || resource.endsWith(OF_CLASS + CLAIMS)
        || resource.endsWith(OF_CLASS + STORAGE);
  }

  @Override
  public Map<String, Quantity> usage(ObjectNode claim, Instant now) {
    var usage = new TreeMap<String, Quantity>();
    var storage = storage(claim);
    usage.put("count/" + CLAIMS, Quantity.of(1));
    usage.put(CLAIMS, Quantity.of(1));
    usage.put(STORAGE, storage);
    var storageClass = StorageClassStrategy.wantedBy(claim);
    if (storageClass.isEmpty()) return usage;
    usage.put(storageClass + OF_CLASS + CLAIMS, Quantity.of(1));
    usage.put(storageClass + OF_CLASS + STORAGE, storage);
    return usage;
  }

  /// What it asks for, or what a larger request of before has got already.
  private static Quantity storage(ObjectNode claim) {
    var asked = amount(claim, "spec", "resources", "requests", "storage");
    var got = amount(claim, "status", "allocatedResources", "storage");
    return got.compareTo(asked) > 0 ? got : asked;
  }

  /// In whole bytes.
  private static Quantity amount(ObjectNode claim, String... path) {
    var text = Tree.text(claim, path);
    if (text.isEmpty()) return Quantity.ZERO;
    var amount = Quantity.parse(text);
    var whole = amount.value().stripTrailingZeros().scale() <= 0;
    return whole ? amount : Quantity.of(amount.ceiling());
  }

  @Override
  public boolean isIn(Scope scope, ObjectNode claim) {
    if (!scope.name().equals("VolumeAttributesClass")) return false;
    Set<String> named = new HashSet<>();
    for (var path : ATTRIBUTES) named.add(Tree.text(claim, path));
    named.remove("");
    return scope.matches(named);
  }
}
