package io.ordinal.server.admission;

import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.tree.Tree;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A claim or volume in use outlives its deletion: controllers take these finalizers away when
/// nobody uses it.
final class StorageObjectInUseProtection implements Admission {

  @Override
  public void mutate(Attributes about, ObjectNode object, @Nullable ObjectNode old) {
    if (!about.creates()) return;
    if (about.isFor("", "persistentvolumeclaims")) add(object, "kubernetes.io/pvc-protection");
    if (about.isFor("", "persistentvolumes")) add(object, "kubernetes.io/pv-protection");
  }

  private static void add(ObjectNode object, String finalizer) {
    var metadata = Tree.make(object, "metadata");
    if (Tree.texts(metadata, "finalizers").contains(finalizer)) return;
    Tree.makeList(metadata, "finalizers").add(finalizer);
  }
}
