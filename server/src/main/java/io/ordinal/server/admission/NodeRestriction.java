package io.ordinal.server.admission;

import io.ordinal.server.Verb;
import io.ordinal.server.auth.PodNeeds;
import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.tree.Tree;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The agent of a node changes what is its node's alone: its pods, its Node, its lease. It makes no
/// pods but those that mirror its static ones, and gives itself neither taints nor labels by which
/// others choose nodes.
final class NodeRestriction implements Admission {
  /// On a pod that only shows one which its node runs by itself.
  static final String MIRROR = "kubernetes.io/config.mirror";

  private static final String LEASES = "kube-node-lease";
  private static final Set<String> OWN_LABELS =
      Set.of(
          "beta.kubernetes.io/arch",
          "beta.kubernetes.io/instance-type",
          "beta.kubernetes.io/os",
          "failure-domain.beta.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone",
          "kubernetes.io/arch",
          "kubernetes.io/hostname",
          "kubernetes.io/os",
          "node.kubernetes.io/instance-type",
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone");

  private final Kind pods;
  private final Objects objects;

  NodeRestriction(Kind pods, Objects objects) {
    this.pods = pods;
    this.objects = objects;
  }

  @Override
  public void mutate(Attributes about, ObjectNode object, @Nullable ObjectNode old) {
    if (!about.user().nodeName().isEmpty()) check(about, object, old);
  }

  @Override
  public void validate(Attributes about, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    if (object == null && !about.user().nodeName().isEmpty()) check(about, null, old);
  }

  private void check(Attributes about, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    var kind = about.kind();
    if (kind.is("", "pods")) pod(about, object, old);
    else if (kind.is("", "nodes")) node(about, object, old);
    else if (kind.is("coordination.k8s.io", "leases")) lease(about);
  }

  private void pod(Attributes about, @Nullable ObjectNode pod, @Nullable ObjectNode old) {
    var node = about.user().nodeName();
    if (pod != null && old == null) {
      mirrors(about, node, pod);
      return;
    }
    var present = old == null ? objects.find(pods, about.namespace(), about.name()) : null;
    var bound = present == null ? old : present.orElse(null);
    if (!Tree.text(bound, "spec", "nodeName").equals(node)) {
      throw refused(
          about,
          about.verb() == Verb.DELETE
              ? "can only delete pods with spec.nodeName set to itself"
              : "can only update pod status for pods with spec.nodeName set to itself");
    }
    if (pod != null && old != null && !Metadata.labels(pod).equals(Metadata.labels(old))) {
      throw refused(about, "cannot update labels through pod status");
    }
  }

  private static void mirrors(Attributes about, String node, ObjectNode pod) {
    if (!Metadata.annotations(pod).containsKey(MIRROR)) {
      throw Refusals.forbidden(
          about.kind(),
          about.name(),
          "pod does not have \""
              + MIRROR
              + "\" annotation, node \""
              + node
              + "\" can only create mirror pods");
    }
    if (!Tree.text(pod, "spec", "nodeName").equals(node)) {
      throw refused(about, "can only create pods with spec.nodeName set to itself");
    }
    // Whatever a pod of a node names, the node may read.
    if (PodNeeds.of(pod).goBeyondItself()) {
      throw refused(
          about,
          "can not create pods that reference secrets, config maps, claims or a service account");
    }
  }

  private static void node(Attributes about, @Nullable ObjectNode node, @Nullable ObjectNode old) {
    if (!about.name().equals(about.user().nodeName())) {
      throw refused(about, "is not allowed to modify node \"" + about.name() + '"');
    }
    if (node == null) return;
    var before = old == null ? Map.<String, String>of() : Metadata.labels(old);
    var labels = foreign(Metadata.labels(node), before);
    if (!labels.isEmpty()) {
      throw refused(
          about,
          (old == null
                  ? "is not allowed to set the following labels: "
                  : "is not allowed to modify labels: ")
              + String.join(", ", labels));
    }
    if (old == null || !about.subresource().isEmpty()) return;
    if (!Tree.same(Tree.at(node, "spec", "taints"), Tree.at(old, "spec", "taints"))) {
      throw refused(about, "is not allowed to modify taints");
    }
  }

  /// The labels of Kubernetes' own that differ, and that a node does not know by itself.
  private static Set<String> foreign(Map<String, String> now, Map<String, String> before) {
    var keys = new TreeSet<>(now.keySet());
    keys.addAll(before.keySet());
    keys.removeIf(key ->
        !isKubernetes(key)
            || OWN_LABELS.contains(key)
            || isForNodes(key)
            || java.util.Objects.equals(now.get(key), before.get(key)));
    return keys;
  }

  private static boolean isKubernetes(String key) {
    var domain = domain(key);
    return isIn(domain, "kubernetes.io") || isIn(domain, "k8s.io");
  }

  private static boolean isForNodes(String key) {
    var domain = domain(key);
    return isIn(domain, "kubelet.kubernetes.io") || isIn(domain, "node.kubernetes.io");
  }

  private static boolean isIn(String domain, String parent) {
    return domain.equals(parent) || domain.endsWith("." + parent);
  }

  private static String domain(String key) {
    var slash = key.indexOf('/');
    return slash < 0 ? "" : key.substring(0, slash);
  }

  private static void lease(Attributes about) {
    if (!about.namespace().equals(LEASES) || !about.name().equals(about.user().nodeName())) {
      throw refused(about, "can only access the lease of its own name in " + LEASES);
    }
  }

  private static RuntimeException refused(Attributes about, String why) {
    return Refusals.forbidden(
        about.kind(), about.name(), "node \"" + about.user().nodeName() + "\" " + why);
  }
}
