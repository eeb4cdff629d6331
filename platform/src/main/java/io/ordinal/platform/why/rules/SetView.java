package io.ordinal.platform.why.rules;

import io.ordinal.platform.why.facts.Cause;
import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A StatefulSet with its pods in the order of their ordinals.
public record SetView(Scene scene, Thing set, List<Thing> pods) {

  private static final String REVISION = "/metadata/labels/controller-revision-hash";

  public static SetView of(Scene scene, Thing set) {
    var pods =
        scene.list(Resource.PODS, selector(set)).stream()
            .filter(pod -> pod.isManagedBy(set.uid()))
            .sorted(Comparator.comparingInt(pod -> ordinal(pod.name())))
            .toList();
    return new SetView(scene, set, pods);
  }

  private static String selector(Thing set) {
    return set.json().at("/spec/selector/matchLabels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asString(""))
        .collect(Collectors.joining(","));
  }

  private static int ordinal(String pod) {
    try {
      return Integer.parseInt(pod.substring(pod.lastIndexOf('-') + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  int replicas() {
    return set.number("/spec/replicas", 1);
  }

  /// The pods that are wanted, by name. There may be more of them than there is memory.
  private Stream<String> wanted() {
    long first = set.number("/spec/ordinals/start", 0);
    return LongStream.range(first, first + replicas()).mapToObj(i -> set.name() + "-" + i);
  }

  /// The first pod that is wanted and not there; one is enough to ask about.
  Optional<String> firstMissing() {
    var there = pods.stream().map(Thing::name).collect(Collectors.toSet());
    return wanted().filter(name -> !there.contains(name)).findFirst();
  }

  /// Those that are not ready, the lowest first.
  public List<Thing> unready() {
    return pods.stream().filter(pod -> !PodRules.isReady(pod)).toList();
  }

  boolean isOrdered() {
    return !set.text("/spec/podManagementPolicy").equals("Parallel");
  }

  String updateRevision() {
    return set.text("/status/updateRevision");
  }

  boolean isOld(Thing pod) {
    return !updateRevision().isEmpty() && !pod.text(REVISION).equals(updateRevision());
  }

  int partition() {
    return set.number("/spec/updateStrategy/rollingUpdate/partition", 0);
  }

  boolean isOnDelete() {
    return set.text("/spec/updateStrategy/type").equals("OnDelete");
  }

  /// A pod of an older template that stays as it is until somebody decides otherwise.
  boolean isHeldBack(Thing pod) {
    return isOld(pod) && (isOnDelete() || ordinal(pod.name()) < partition());
  }

  boolean isSeen() {
    return set.number("/status/observedGeneration", 0) >= set.number("/metadata/generation", 0);
  }

  int ready() {
    return set.number("/status/readyReplicas", 0);
  }

  /// All pods that are wanted are there, ready, and of the template that they should have.
  public boolean isReady() {
    if (set.isEnding() || !isSeen()) return false;
    // Without the right to list pods the set's own counts have to do.
    if (scene.isHidden(Resource.PODS)) {
      return ready() == replicas() && set.number("/status/replicas", 0) == replicas();
    }
    return pods.size() == replicas()
        && pods.stream().allMatch(PodRules::isReady)
        && pods.stream().noneMatch(pod -> isOld(pod) && !isHeldBack(pod))
        && set.number("/status/availableReplicas", replicas()) >= replicas();
  }

  Finding finding(Cause cause, String field) {
    return Finding.of(cause, set, field).with("replicas", replicas()).with("ready", ready());
  }
}
