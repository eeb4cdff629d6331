package io.ordinal.server.admission;

import io.ordinal.server.limits.LimitRanger;
import io.ordinal.server.limits.ResourceQuota;
import io.ordinal.server.podsecurity.PodSecurity;
import io.ordinal.server.rbac.Escalation;
import io.ordinal.server.rbac.RuleResolver;
import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.ObservedStore;
import io.ordinal.server.registry.Surroundings;
import java.util.List;

/// What every write passes, in this order (contract G3).
public final class Admissions {
  private Admissions() {}

  /// The whole list as one.
  public static Admission all(
      Kinds kinds,
      Objects objects,
      ObservedStore store,
      RuleResolver roles,
      Surroundings surroundings) {
    return Admission.chain(
        List.of(
            new NodeRestriction(kinds.get("", "pods"), objects),
            new NamespaceLifecycle(kinds.get("", "namespaces"), objects),
            new LimitRanger(kinds, objects, store),
            new ServiceAccounts(kinds.get("", "serviceaccounts"), objects, surroundings.random()),
            new PodSecurity(kinds, objects),
            new Priority(kinds.get("scheduling.k8s.io", "priorityclasses"), objects),
            new DefaultTolerationSeconds(),
            new DefaultStorageClass(kinds.get("storage.k8s.io", "storageclasses"), objects),
            new PersistentVolumeClaimResize(kinds.get("storage.k8s.io", "storageclasses"), objects),
            new StorageObjectInUseProtection(),
            new TaintNodesByCondition(),
            new Escalation(roles, kinds),
            new ResourceQuota(kinds, objects, store, surroundings.clock())));
  }
}
