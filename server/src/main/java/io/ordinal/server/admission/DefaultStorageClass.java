package io.ordinal.server.admission;

import io.ordinal.server.kinds.StorageClassStrategy;
import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.tree.Tree;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A claim that names no class gets the default one, the newest should there be several.
final class DefaultStorageClass implements Admission {
  private final Kind classes;
  private final Objects objects;

  DefaultStorageClass(Kind classes, Objects objects) {
    this.classes = classes;
    this.objects = objects;
  }

  @Override
  public void mutate(Attributes about, ObjectNode claim, @Nullable ObjectNode old) {
    if (!about.creates() || !about.isFor("", "persistentvolumeclaims")) return;
    var spec = Tree.make(claim, "spec");
    if (spec.has("storageClassName")
        || Metadata.annotations(claim).containsKey(StorageClassStrategy.OLD_FIELD)) return;
    objects.list(classes, "").stream()
        .filter(StorageClassStrategy::isDefault)
        .max(
            Comparator.<ObjectNode, String>comparing(
                    c -> Tree.text(c, "metadata", "creationTimestamp"))
                .thenComparing(Metadata::name, Comparator.reverseOrder()))
        .ifPresent(c -> spec.put("storageClassName", Metadata.name(c)));
  }
}
