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
    for (var condition :
        List.of(discovery(), parsing(), deletion(), contentRemaining(), finalizersRemaining())) {
      set(all, now, condition);
    }
    return all;
  }

  private NamespaceCondition discovery() {
    var good = discoveryFailures.isEmpty();
    return condition(
        "NamespaceDeletionDiscoveryFailure",
        !good,
        good ? "ResourcesDiscovered" : "DiscoveryFailed",
        good
            ? "All resources successfully discovered"
            : "Discovery failed for some groups, %d failing: %s"
                .formatted(discoveryFailures.size(), String.join(", ", discoveryFailures)));
  }

  private static NamespaceCondition parsing() {
    return condition(
        "NamespaceDeletionGroupVersionParsingFailure",
        false,
        "ParsedGroupVersions",
        "All legacy kube types successfully parsed");
  }

  private NamespaceCondition deletion() {
    var good = deletionFailures.isEmpty();
    return condition(
        "NamespaceDeletionContentFailure",
        !good,
        good ? "ContentDeleted" : "ContentDeletionFailed",
        good
            ? "All content successfully deleted, may be waiting on finalization"
            : "Failed to delete all resource types, %d remaining: %s"
                .formatted(deletionFailures.size(), String.join(", ", deletionFailures)));
  }

  private NamespaceCondition contentRemaining() {
    var good = remaining.isEmpty();
    return condition(
        "NamespaceContentRemaining",
        !good,
        good ? "ContentRemoved" : "SomeResourcesRemain",
        good
            ? "All content successfully removed"
            : "Some resources are remaining: " + told(remaining, "%s has %d resource instances"));
  }

  private NamespaceCondition finalizersRemaining() {
    var good = finalizers.isEmpty();
    return condition(
        "NamespaceFinalizersRemaining",
        !good,
        good ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
        good
            ? "All content-preserving finalizers finished"
            : "Some content in the namespace has finalizers remaining: "
                + told(finalizers, "%s in %d resource instances"));
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
