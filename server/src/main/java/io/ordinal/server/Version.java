package io.ordinal.server;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `/version` says: the Kubernetes version whose contract is kept.
public final class Version {
  /// The version, with our name as its build.
  public static final String GIT_VERSION = "v1.36.0+ordinal";

  private Version() {}

  /// The document.
  public static ObjectNode tree() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("major", "1")
        .put("minor", "36")
        .put("emulationMajor", "1")
        .put("emulationMinor", "36")
        .put("minCompatibilityMajor", "1")
        .put("minCompatibilityMinor", "35")
        .put("gitVersion", GIT_VERSION)
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "2026-01-01T00:00:00Z")
        .put("goVersion", "go1.26")
        .put("compiler", "java")
        .put("platform", "linux/amd64");
  }
}
