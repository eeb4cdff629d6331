package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Everything that a plan depends on.
///
/// @param pods the pods that belong to the set
/// @param claims the claims of its namespace that bear the names its pods' claims have, by name
record Observed(
    SetSpec spec,
    Revisions revisions,
    List<Pod> pods,
    Map<String, PersistentVolumeClaim> claims,
    Instant now) {}
