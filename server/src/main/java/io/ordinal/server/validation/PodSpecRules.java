package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What a pod's spec must look like, in a pod and in every template.
public final class PodSpecRules {
  private static final List<String> RESTARTS = List.of("Always", "OnFailure", "Never");

  private PodSpecRules() {}

  /// Checks a spec that is already defaulted.
  ///
  /// @param moreVolumes names of volumes that come from elsewhere: a StatefulSet's claim templates
  public static void check(
      ObjectNode spec, FieldPath path, Set<String> moreVolumes, FieldErrors errors) {
    var volumes = new HashSet<>(moreVolumes);
    volumes.addAll(VolumeSourceRules.check(spec, path.child("volumes"), moreVolumes, errors));
    new ContainerRules(spec, path, volumes, errors).check();
    Checks.requiredOneOf(spec, "restartPolicy", RESTARTS, path, errors);
    DnsRules.check(spec, path, errors);
    SecurityRules.pod(spec, path, errors);
    SchedulingRules.check(spec, path, errors);
    AffinityRules.check(Tree.find(spec, "affinity"), path.child("affinity"), errors);
    names(spec, path, errors);
    Checks.within(spec, "activeDeadlineSeconds", 1, Integer.MAX_VALUE, path, errors);
    Checks.oneOf(spec, "preemptionPolicy", List.of("Never", "PreemptLowerPriority"), path, errors);
    Checks.oneOf(
        Tree.find(spec, "os"), "name", List.of("linux", "windows"), path.child("os"), errors);
    var overhead = Tree.textMap(spec, "overhead");
    overhead.forEach((name, amount) ->
        ResourceRules.amount(name, amount, path.child("overhead").key(name), errors));
  }

  private static void names(ObjectNode spec, FieldPath path, FieldErrors errors) {
    Checks.otherName(spec, "serviceAccountName", path, errors);
    Checks.otherName(spec, "nodeName", path, errors);
    Checks.otherName(spec, "priorityClassName", path, errors);
    Checks.otherName(spec, "runtimeClassName", path, errors);
    var secrets = Tree.objects(spec, "imagePullSecrets");
    for (var i = 0; i < secrets.size(); i++) {
      Checks.required(secrets.get(i), "name", path.child("imagePullSecrets").index(i), errors);
    }
    var gates = Tree.objects(spec, "readinessGates");
    for (var i = 0; i < gates.size(); i++) {
      var at = path.child("readinessGates").index(i).child("conditionType");
      Checks.qualified(Tree.text(gates.get(i), "conditionType"), at, errors);
    }
  }
}
