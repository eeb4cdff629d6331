package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Security contexts of pods and of containers.
final class SecurityRules {
  private static final Pattern SYSCTL =
      Pattern.compile("([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?");
  private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");

  private SecurityRules() {}

  static void pod(ObjectNode spec, FieldPath path, FieldErrors errors) {
    if (Tree.flag(spec, "shareProcessNamespace") && Tree.flag(spec, "hostPID")) {
      errors.invalid(
          path.child("shareProcessNamespace"),
          true,
          "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    var context = Tree.find(spec, "securityContext");
    if (context == null) return;
    var at = path.child("securityContext");
    ids(context, at, errors, "fsGroup", "runAsUser", "runAsGroup");
    var groups = Tree.elements(context, "supplementalGroups");
    for (var i = 0; i < groups.size(); i++) {
      id(groups.get(i).asLong(0), at.child("supplementalGroups").index(i), errors);
    }
    Checks.oneOf(context, "fsGroupChangePolicy", List.of("Always", "OnRootMismatch"), at, errors);
    Checks.oneOf(context, "supplementalGroupsPolicy", List.of("Merge", "Strict"), at, errors);
    profile(Tree.find(context, "seccompProfile"), "seccomp", at.child("seccompProfile"), errors);
    profile(Tree.find(context, "appArmorProfile"), "AppArmor", at.child("appArmorProfile"), errors);
    sysctls(context, at.child("sysctls"), errors);
  }

  static void container(ObjectNode container, FieldPath path, FieldErrors errors) {
    var context = Tree.find(container, "securityContext");
    if (context == null) return;
    var at = path.child("securityContext");
    ids(context, at, errors, "runAsUser", "runAsGroup");
    Checks.oneOf(context, "procMount", List.of("Default", "Unmasked"), at, errors);
    profile(Tree.find(context, "seccompProfile"), "seccomp", at.child("seccompProfile"), errors);
    profile(Tree.find(context, "appArmorProfile"), "AppArmor", at.child("appArmorProfile"), errors);
    var escalation = Tree.at(context, "allowPrivilegeEscalation");
    if (escalation == null || escalation.booleanValue(true)) return;
    if (Tree.flag(context, "privileged")) {
      errors.invalid(
          at, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    }
    if (Tree.texts(context, "capabilities", "add").contains("CAP_SYS_ADMIN")) {
      errors.invalid(
          at,
          context,
          "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
    }
  }

  private static void ids(
      ObjectNode context, FieldPath path, FieldErrors errors, String... fields) {
    for (var field : fields) id(Tree.number(0, context, field), path.child(field), errors);
  }

  private static void id(long id, FieldPath path, FieldErrors errors) {
    Checks.within(id, 0, Integer.MAX_VALUE, path, errors);
  }

  private static void profile(
      @Nullable ObjectNode profile, String what, FieldPath path, FieldErrors errors) {
    if (profile == null) return;
    Checks.requiredOneOf(profile, "type", PROFILES, path, errors);
    var file = Tree.text(profile, "localhostProfile");
    var at = path.child("localhostProfile");
    if (Tree.text(profile, "type").equals("Localhost")) {
      if (file.isEmpty()) {
        errors.required(at, "must be set when " + what + " type is Localhost");
      }
      Checks.relative(file, at, errors);
    } else if (!file.isEmpty()) {
      errors.invalid(at, file, "can only be set when " + what + " type is Localhost");
    }
  }

  private static void sysctls(ObjectNode context, FieldPath path, FieldErrors errors) {
    var names = new HashSet<String>();
    var sysctls = Tree.objects(context, "sysctls");
    for (var i = 0; i < sysctls.size(); i++) {
      var at = path.index(i);
      var name = Checks.required(sysctls.get(i), "name", at, errors);
      if (name.isEmpty()) continue;
      if (name.length() > 253 || !SYSCTL.matcher(name).matches()) {
        errors.invalid(
            at.child("name"),
            name,
            "must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$");
      } else if (!names.add(name)) errors.duplicate(at.child("name"), name);
    }
  }
}
