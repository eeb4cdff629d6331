package io.ordinal.controllers.namespace;

import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.NamespaceConditionBuilder;
import io.ordinal.kube.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far a namespace has been emptied.
///
/// @param discoveryFailures what could not be asked for the server's kinds
/// @param deletionFailures what the server said when content was to be deleted
/// @param remaining how many objects are left, by resource (`pods.`, `statefulsets.apps`)
/// @param finalizers how many objects each finalizer still holds
record Emptying(
    List<String> discoveryFailures,
    List<String> deletionFailures,
    SortedMap<String, Integer> remaining,
    SortedMap<String, Integer> finalizers) {

  static Emptying begin() {
    return new Emptying(new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), new TreeMap<>());
  }

  boolean isDone() {
    return discoveryFailures.isEmpty() && deletionFailures.isEmpty() && remaining.isEmpty();
  }

  /// The namespace's conditions after this look. What was never true is only told once something of
  /// it is; a time moves when a status does.
  List<NamespaceCondition> conditions(List<NamespaceCondition> known, Instant now) {
    List<NamespaceCondition> all = new ArrayList<>(known);
    set(
        all,
        now,
        condition(
            "NamespaceDeletionDiscoveryFailure",
            !discoveryFailures.isEmpty(),
            discoveryFailures.isEmpty() ? "ResourcesDiscovered" : "DiscoveryFailed",
            discoveryFailures.isEmpty()
                ? "All resources successfully discovered"
                : "Discovery failed for some groups, %d failing: %s"
                    .formatted(discoveryFailures.size(), String.join(", ", discoveryFailures))));
    set(
        all,
        now,
        condition(
            "NamespaceDeletionGroupVersionParsingFailure",
            false,
            "ParsedGroupVersions",
            "All legacy kube types successfully parsed"));
    set(
        all,
        now,
        condition(
            "NamespaceDeletionContentFailure",
            !deletionFailures.isEmpty(),
            deletionFailures.isEmpty() ? "ContentDeleted" : "ContentDeletionFailed",
            deletionFailures.isEmpty()
                ? "All content successfully deleted, may be waiting on finalization"
                : "Failed to delete all resource types, %d remaining: %s"
                    .formatted(deletionFailures.size(), String.join(", ", deletionFailures))));
    set(
        all,
        now,
        condition(
            "NamespaceContentRemaining",
            !remaining.isEmpty(),
            remaining.isEmpty() ? "ContentRemoved" : "SomeResourcesRemain",
            remaining.isEmpty()
                ? "All content successfully removed"
                : "Some resources are remaining: "
                    + told(remaining, "%s has %d resource instances")));
    set(
        all,
        now,
        condition(
            "NamespaceFinalizersRemaining",
            !finalizers.isEmpty(),
            finalizers.isEmpty() ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
            finalizers.isEmpty()
                ? "All content-preserving finalizers finished"
                : "Some content in the namespace has finalizers remaining: "
                    + told(finalizers, "%s in %d resource instances")));
    return all;
  }

  private static String told(Map<String, Integer> counts, String sentence) {
    return String.join(
        ", ",
        counts.entrySet().stream().map(e -> sentence.formatted(e.getKey(), e.getValue())).toList());
  }

  private static NamespaceCondition condition(
      String type, boolean is, String reason, String message) {
    return new NamespaceConditionBuilder()
        .withType(type)
        .withStatus(is ? "True" : "False")
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  private static void set(List<NamespaceCondition> all, Instant now, NamespaceCondition wanted) {
    wanted.setLastTransitionTime(Timestamps.seconds(now));
    for (int i = 0; i < all.size(); i++) {
      NamespaceCondition known = all.get(i);
      if (known.getType().equals(wanted.getType())) {
        if (Objects.equals(known.getStatus(), wanted.getStatus())) {
          wanted.setLastTransitionTime(known.getLastTransitionTime());
        }
        all.set(i, wanted);
        return;
      }
    }
    all.add(wanted);
  }
}
