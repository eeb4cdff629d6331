package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.ObservedStore;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Gives containers the resources that a namespace's limit ranges want them to have, and refuses
/// pods and claims outside of the ranges.
public final class LimitRanger implements Admission {
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";

  private final NamespaceIndex<ObjectNode> ranges;

  /// Follows the limit ranges of a store.
  public LimitRanger(Kinds kinds, Objects objects, ObservedStore store) {
    ranges = new NamespaceIndex<>(kinds.get("", "limitranges"), objects, store, range -> range);
  }

  @Override
  public void mutate(Attributes about, ObjectNode pod, @Nullable ObjectNode old) {
    if (!about.creates() || !about.isFor("", "pods")) return;
    for (var range : ranges.in(about.namespace())) fill(pod, range);
  }

  private static void fill(ObjectNode pod, ObjectNode range) {
    var limits = new TreeMap<String, String>();
    var requests = new TreeMap<String, String>();
    for (var limit : Tree.objects(range, "spec", "limits")) {
      if (!Tree.text(limit, "type").equals("Container")) continue;
      limits.putAll(Tree.textMap(limit, "default"));
      requests.putAll(Tree.textMap(limit, "defaultRequest"));
    }
    var done = new ArrayList<String>();
    for (var container : Tree.objects(pod, "spec", "containers")) {
      fill(container, "container", limits, requests, done);
    }
    for (var container : Tree.objects(pod, "spec", "initContainers")) {
      fill(container, "init container", limits, requests, done);
    }
    if (done.isEmpty()) return;
    Tree.make(pod, "metadata", "annotations")
        .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", done));
  }

  private static void fill(
      ObjectNode container,
      String what,
      Map<String, String> limits,
      Map<String, String> requests,
      List<String> done) {
    var name = Tree.text(container, "name");
    var ofLimits = fill(container, "limits", limits);
    var ofRequests = fill(container, "requests", requests);
    if (!ofRequests.isEmpty()) {
      done.add(String.join(", ", ofRequests) + " request for " + what + " " + name);
    }
    if (!ofLimits.isEmpty()) {
      done.add(String.join(", ", ofLimits) + " limit for " + what + " " + name);
    }
  }

  private static List<String> fill(
      ObjectNode container, String side, Map<String, String> defaults) {
    var set = new ArrayList<String>();
    defaults.forEach((name, amount) -> {
      if (Tree.has(container, "resources", side, name)) return;
      Tree.make(container, "resources", side).put(name, amount);
      set.add(name);
    });
    return set;
  }

  @Override
  public void validate(Attributes about, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    if (object == null || (old != null && Metadata.isBeingDeleted(old))) return;
    var pod = about.creates() && about.isFor("", "pods");
    if (!pod && !about.isFor("", "persistentvolumeclaims")) return;
    for (var range : ranges.in(about.namespace())) {
      var problems = pod ? ofPod(object, range) : ofClaim(object, old, range);
      if (!problems.isEmpty()) {
        throw Refusals.forbidden(about.kind(), about.name(), inOneSentence(problems));
      }
    }
  }

  private static String inOneSentence(List<String> problems) {
    var distinct = problems.stream().distinct().toList();
    return distinct.size() == 1 ? distinct.getFirst() : "[" + String.join(", ", distinct) + "]";
  }

  private static List<String> ofPod(ObjectNode pod, ObjectNode range) {
    var problems = new ArrayList<String>();
    for (var limit : Tree.objects(range, "spec", "limits")) {
      switch (Tree.text(limit, "type")) {
        case "Container" -> {
          for (var list : List.of("containers", "initContainers")) {
            for (var container : Tree.objects(pod, "spec", list)) {
              var asked = Amounts.at(container, "resources", "requests");
              new Asked(asked, Amounts.at(container, "resources", "limits")).check(limit, problems);
            }
          }
        }
        case "Pod" ->
            new Asked(PodResources.of(pod, "requests"), PodResources.of(pod, "limits"))
                .check(limit, problems);
        default -> {}
      }
    }
    return problems;
  }

  /// A claim is held against the range when what it asks for is new.
  private static List<String> ofClaim(
      ObjectNode claim, @Nullable ObjectNode old, ObjectNode range) {
    var problems = new ArrayList<String>();
    var asked = Amounts.at(claim, "spec", "resources", "requests");
    var before = Amounts.at(old, "spec", "resources", "requests");
    for (var limit : Tree.objects(range, "spec", "limits")) {
      if (!Tree.text(limit, "type").equals("PersistentVolumeClaim")) continue;
      Amounts.at(limit, "min")
          .forEach((name, least) -> {
            if (!isAsBefore(name, asked, before)) {
              new Asked(asked, Map.of()).atLeast("PersistentVolumeClaim", name, least, problems);
            }
          });
      Amounts.at(limit, "max")
          .forEach((name, most) -> {
            if (!isAsBefore(name, asked, before))
              claimAtMost(name, most, asked.get(name), problems);
          });
    }
    return problems;
  }

  private static boolean isAsBefore(
      String name, Map<String, Quantity> asked, Map<String, Quantity> before) {
    var now = asked.get(name);
    var was = before.get(name);
    return now != null && was != null && now.equals(was);
  }

  private static void claimAtMost(
      String name, Quantity most, @Nullable Quantity asked, List<String> problems) {
    var rule = "maximum %s usage per PersistentVolumeClaim is %s".formatted(name, most);
    if (asked == null) problems.add(rule + ".  No request is specified");
    else if (asked.compareTo(most) > 0) problems.add(rule + ", but request is " + asked);
  }
}
