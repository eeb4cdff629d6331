package io.ordinal.server.admission;

import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Objects;
import java.util.List;
import java.util.random.RandomGenerator;

/// What every write passes, in this order (contract G3).
public final class Admissions {
  private Admissions() {}

  /// The whole list as one.
  public static Admission all(Kinds kinds, Objects objects, RandomGenerator random) {
    return Admission.chain(
        List.of(
            new NamespaceLifecycle(kinds.get("", "namespaces"), objects),
            new ServiceAccounts(kinds.get("", "serviceaccounts"), objects, random),
            new Priority(kinds.get("scheduling.k8s.io", "priorityclasses"), objects),
            new DefaultTolerationSeconds(),
            new DefaultStorageClass(kinds.get("storage.k8s.io", "storageclasses"), objects),
            new PersistentVolumeClaimResize(kinds.get("storage.k8s.io", "storageclasses"), objects),
            new StorageObjectInUseProtection(),
            new TaintNodesByCondition()));
  }
}
