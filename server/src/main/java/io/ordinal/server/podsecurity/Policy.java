package io.ordinal.server.podsecurity;

import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import tools.jackson.databind.node.ObjectNode;

/// What the labels of a namespace ask for. Without labels, nothing.
///
/// @param enforce refuses pods
/// @param audit is written to the log
/// @param warn tells the client
record Policy(Standard enforce, Standard audit, Standard warn) {
  private static final String PREFIX = "pod-security.kubernetes.io/";
  private static final FieldPath LABELS = FieldPath.METADATA.child("labels");
  static final Policy NONE =
      new Policy(Standard.PRIVILEGED, Standard.PRIVILEGED, Standard.PRIVILEGED);

  boolean asksForNothing() {
    return enforce.isPrivileged() && audit.isPrivileged() && warn.isPrivileged();
  }

  /// The policy, and what is wrong with the labels. Who cannot be understood enforces the strictest
  /// level, and neither logs nor warns.
  static Policy of(ObjectNode namespace, FieldErrors errors) {
    if (!isLabelled(namespace)) return NONE;
    var labels = new Labels(namespace, errors);
    var enforce = labels.standard("enforce", Level.RESTRICTED);
    var audit = labels.standard("audit", Level.PRIVILEGED);
    var warn = labels.standard("warn", Level.PRIVILEGED);
    if (!labels.has("warn") && Level.of(labels.text("enforce")).isPresent()) {
      warn = warn.at(enforce.level());
      if (!labels.has("warn-version") && !enforce.isPrivileged()) warn = warn.of(enforce.minor());
    }
    return new Policy(enforce, audit, warn);
  }

  private static boolean isLabelled(ObjectNode namespace) {
    var labels = Tree.find(namespace, "metadata", "labels");
    if (labels == null) return false;
    for (var label : labels.properties()) if (label.getKey().startsWith(PREFIX)) return true;
    return false;
  }

  private record Labels(ObjectNode namespace, FieldErrors errors) {

    boolean has(String mode) {
      return Tree.has(namespace, "metadata", "labels", PREFIX + mode);
    }

    String text(String mode) {
      return Tree.text(namespace, "metadata", "labels", PREFIX + mode);
    }

    Standard standard(String mode, Level whenUnknown) {
      var standard = Standard.PRIVILEGED;
      if (has(mode)) {
        var level = Level.of(text(mode));
        if (level.isEmpty()) {
          invalid(mode, "must be one of privileged, baseline, restricted");
        }
        standard = standard.at(level.orElse(whenUnknown));
      }
      if (has(mode + "-version")) {
        var version = Standard.version(text(mode + "-version"));
        if (version.isEmpty()) invalid(mode + "-version", "must be \"latest\" or \"v1.x\"");
        standard = standard.of(version.orElse(Standard.LATEST));
      }
      return standard;
    }

    private void invalid(String mode, String why) {
      errors.invalid(LABELS.key(PREFIX + mode), text(mode), why);
    }
  }
}
