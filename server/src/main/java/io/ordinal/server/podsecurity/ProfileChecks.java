package io.ordinal.server.podsecurity;

import static io.ordinal.server.podsecurity.Finding.containers;
import static io.ordinal.server.podsecurity.Finding.plural;
import static io.ordinal.server.podsecurity.Finding.quoted;
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

/// The profiles that Linux' security modules confine a process by: AppArmor, seccomp, SELinux.
final class ProfileChecks {
  private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");
  private static final String SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String SECCOMP_OF_CONTAINER =
      "container.seccomp.security.alpha.kubernetes.io/";
  private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";
  private static final String LOCALHOST = "localhost/";

  private ProfileChecks() {}

  static Optional<Finding> appArmor(Subject pod) {
    var values = new TreeSet<String>();
    var who = forbidden(pod, "appArmorProfile", values);
    var annotations = new TreeSet<String>();
    pod.annotations()
        .forEach((key, profile) -> {
          if (key.startsWith(APPARMOR) && !mayBe(profile)) annotations.add(shown(key, profile));
        });
    var all = new ArrayList<>(values);
    all.addAll(annotations);
    if (!annotations.isEmpty()) {
      who = (who.isEmpty() ? "" : who + " and ") + plural("annotation", annotations.size());
    }
    if (who.isEmpty()) return Optional.empty();
    return Finding.of(
        plural("forbidden AppArmor profile", all.size()),
        who + " must not set AppArmor profile type to " + quoted(all));
  }

  private static boolean mayBe(String profile) {
    return profile.isEmpty() || profile.equals("runtime/default") || profile.startsWith(LOCALHOST);
  }

  /// As it was before there was a field for it.
  static Optional<Finding> seccompAnnotations(Subject pod) {
    var keys = new TreeSet<String>();
    keys.add(SECCOMP_OF_POD);
    pod.where(container -> keys.add(SECCOMP_OF_CONTAINER + Tree.text(container, "name")));
    var bad = new TreeSet<String>();
    for (var key : keys) {
      var profile = pod.annotations().get(key);
      if (profile == null || isSeccomp(profile)) continue;
      bad.add(shown(key, profile));
    }
    return bad.isEmpty()
        ? Optional.empty()
        : Finding.of(
            "seccompProfile",
            "forbidden " + plural("annotation", bad.size()) + " " + String.join(", ", bad));
  }

  private static boolean isSeccomp(String profile) {
    return profile.equals("runtime/default")
        || profile.equals("docker/default")
        || profile.startsWith(LOCALHOST);
  }

  private static String shown(String key, String value) {
    return key + "=\"" + value + '"';
  }

  static Optional<Finding> seccomp(Subject pod) {
    var values = new TreeSet<String>();
    var who = forbidden(pod, "seccompProfile", values);
    return who.isEmpty()
        ? Optional.empty()
        : Finding.of(
            "seccompProfile",
            who + " must not set securityContext.seccompProfile.type to " + quoted(values));
  }

  /// A profile must be there, of the container or of the pod.
  static Optional<Finding> seccompRequired(Subject pod) {
    var wrong = seccomp(pod);
    if (wrong.isPresent() || Tree.has(pod.context(), "seccompProfile")) return wrong;
    var without = pod.where(container -> !Tree.has(context(container), "seccompProfile"));
    return without.isEmpty()
        ? Optional.empty()
        : Finding.of(
            "seccompProfile",
            "pod or %s must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\""
                .formatted(containers(without)));
  }

  /// Whether there is a profile of another type than is allowed.
  private static boolean names(@Nullable ObjectNode context, String profile) {
    return Tree.has(context, profile) && !PROFILES.contains(Tree.text(context, profile, "type"));
  }

  /// Who sets a bad type, and which ones; empty when nobody does.
  private static String forbidden(Subject pod, String profile, Set<String> values) {
    var ofPod = names(pod.context(), profile);
    if (ofPod) values.add(Tree.text(pod.context(), profile, "type"));
    var bad = pod.where(container -> names(context(container), profile));
    for (var container : pod.containers()) {
      if (names(context(container), profile)) {
        values.add(Tree.text(context(container), profile, "type"));
      }
    }
    return ofPod || !bad.isEmpty() ? setters(ofPod, bad) : "";
  }

  static Check seLinux(Set<String> types) {
    return pod -> {
      var said = new ArrayList<ObjectNode>();
      var ofPod = pod.context();
      var podIsBad = isBad(ofPod, types);
      if (podIsBad && ofPod != null) said.add(ofPod);
      var bad = pod.where(container -> isBad(context(container), types));
      for (var container : pod.containers()) {
        var context = context(container);
        if (context != null && isBad(context, types)) said.add(context);
      }
      if (said.isEmpty()) return Optional.empty();
      return Finding.of(
          "seLinuxOptions",
          "%s set forbidden securityContext.seLinuxOptions: %s"
              .formatted(setters(podIsBad, bad), String.join("; ", wrong(said, types))));
    };
  }

  private static boolean isBad(@Nullable ObjectNode context, Set<String> types) {
    return Tree.has(context, "seLinuxOptions")
        && !(types.contains(option(context, "type"))
            && option(context, "user").isEmpty()
            && option(context, "role").isEmpty());
  }

  private static List<String> wrong(List<ObjectNode> contexts, Set<String> types) {
    var bad = new TreeSet<String>();
    for (var context : contexts) bad.add(option(context, "type"));
    bad.removeAll(types);
    var wrong = new ArrayList<String>();
    if (!bad.isEmpty()) wrong.add(plural("type", bad.size()) + " " + quoted(bad));
    for (var field : List.of("user", "role")) {
      if (contexts.stream().anyMatch(context -> !option(context, field).isEmpty())) {
        wrong.add(field + " may not be set");
      }
    }
    return wrong;
  }

  private static String option(@Nullable ObjectNode context, String field) {
    return Tree.text(context, "seLinuxOptions", field);
  }
}
