package io.ordinal.server.podsecurity;

import static io.ordinal.server.podsecurity.Finding.containers;
import static io.ordinal.server.podsecurity.Finding.plural;
import static io.ordinal.server.podsecurity.Finding.quoted;
import static io.ordinal.server.podsecurity.Finding.uses;
import static io.ordinal.server.podsecurity.Subject.context;
import static io.ordinal.server.podsecurity.Subject.setters;

import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What is asked of a pod that is hardened as far as it goes today.
final class RestrictedChecks {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final String NON_ROOT = "runAsNonRoot";
  private static final String NOT_NON_ROOT = "runAsNonRoot != true";

  private RestrictedChecks() {}

  static Optional<Finding> allowPrivilegeEscalation(Subject pod) {
    var bad = pod.where(container -> !isFalse(context(container), "allowPrivilegeEscalation"));
    return bad.isEmpty()
        ? Optional.empty()
        : Finding.of(
            "allowPrivilegeEscalation != false",
            containers(bad) + " must set securityContext.allowPrivilegeEscalation=false");
  }

  static Optional<Finding> capabilities(Subject pod) {
    var details = new ArrayList<String>();
    var keeping =
        pod.where(
            container -> !Tree.texts(context(container), "capabilities", "drop").contains("ALL"));
    if (!keeping.isEmpty()) {
      details.add(containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    var adding = pod.where(container -> !added(container).isEmpty());
    if (!adding.isEmpty()) {
      var more = new TreeSet<String>();
      for (var container : pod.containers()) more.addAll(added(container));
      details.add(
          "%s must not include %s in securityContext.capabilities.add"
              .formatted(containers(adding), quoted(more)));
    }
    return details.isEmpty()
        ? Optional.empty()
        : Finding.of("unrestricted capabilities", String.join("; ", details));
  }

  private static List<String> added(ObjectNode container) {
    return Tree.texts(context(container), "capabilities", "add").stream()
        .filter(capability -> !capability.equals("NET_BIND_SERVICE"))
        .toList();
  }

  static Optional<Finding> volumes(Subject pod) {
    var names = new ArrayList<String>();
    var types = new TreeSet<String>();
    for (var volume : Tree.objects(pod.spec(), "volumes")) {
      var type = typeOf(volume);
      if (VOLUMES.contains(type)) continue;
      names.add(Tree.text(volume, "name"));
      types.add(type);
    }
    if (names.isEmpty()) return Optional.empty();
    return Finding.of(
        "restricted volume types",
        "%s %s %s %s %s"
            .formatted(
                plural("volume", names.size()),
                quoted(names),
                uses(names.size()),
                plural("restricted volume type", types.size()),
                quoted(types)));
  }

  private static String typeOf(ObjectNode volume) {
    for (var field : volume.properties()) {
      if (!field.getKey().equals("name") && !field.getValue().isNull()) return field.getKey();
    }
    return "unknown";
  }

  static Optional<Finding> runAsNonRoot(Subject pod) {
    var ofPod = isFalse(pod.context(), NON_ROOT);
    var bad = pod.where(container -> isFalse(context(container), NON_ROOT));
    if (ofPod || !bad.isEmpty()) {
      return Finding.of(
          NOT_NON_ROOT, setters(ofPod, bad) + " must not set securityContext.runAsNonRoot=false");
    }
    if (Tree.flag(pod.context(), NON_ROOT)) return Optional.empty();
    var silent = pod.where(container -> !Tree.has(context(container), NON_ROOT));
    return silent.isEmpty()
        ? Optional.empty()
        : Finding.of(
            NOT_NON_ROOT,
            "pod or " + containers(silent) + " must set securityContext.runAsNonRoot=true");
  }

  static Optional<Finding> runAsUser(Subject pod) {
    var ofPod = isRoot(pod.context());
    var bad = pod.where(container -> isRoot(context(container)));
    return ofPod || !bad.isEmpty()
        ? Finding.of("runAsUser=0", setters(ofPod, bad) + " must not set runAsUser=0")
        : Optional.empty();
  }

  private static boolean isRoot(@Nullable ObjectNode context) {
    return Tree.number(-1, context, "runAsUser") == 0;
  }

  /// Linux' means do not exist there.
  static Check unlessForWindows(Check check) {
    return pod -> pod.isForWindows() ? Optional.empty() : check.of(pod);
  }

  static Check unlessUsersAreItsOwn(Check check) {
    return pod -> pod.hasUsersOfItsOwn() ? Optional.empty() : check.of(pod);
  }

  private static boolean isFalse(@Nullable ObjectNode context, String field) {
    var said = Tree.at(context, field);
    return said != null && !said.booleanValue(true);
  }
}
