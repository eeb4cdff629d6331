package io.ordinal.server.custom;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.tree.Conditions;
import io.ordinal.server.tree.Tree;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Reads a CustomResourceDefinition.
record Definition(ObjectNode tree) {
  static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
  static final String NAMES_ACCEPTED = "NamesAccepted";
  static final String ESTABLISHED = "Established";
  static final String TERMINATING = "Terminating";

  /// `v1`, `v2beta1`: a number, a stage, a number.
  private static final Pattern VERSION = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

  /// `v2`, `v1`, `v1beta2`, `v1alpha1`, and then all others by their letters.
  static final Comparator<String> BY_PRIORITY =
      Comparator.comparingInt(Definition::stage)
          .thenComparingInt(version -> -number(version, 1))
          .thenComparingInt(version -> -number(version, 3))
          .thenComparing(Comparator.naturalOrder());

  private static int stage(String version) {
    var matcher = VERSION.matcher(version);
    if (!matcher.matches()) return 3;
    return switch (matcher.group(2)) {
      case null -> 0;
      case "beta" -> 1;
      default -> 2;
    };
  }

  private static int number(String version, int group) {
    var matcher = VERSION.matcher(version);
    if (!matcher.matches() || matcher.group(group) == null) return 0;
    return Integer.parseInt(matcher.group(group));
  }

  String name() {
    return Metadata.name(tree);
  }

  String group() {
    return Tree.text(tree, "spec", "group");
  }

  boolean isNamespaced() {
    return Tree.text(tree, "spec", "scope").equals("Namespaced");
  }

  ObjectNode names() {
    var names = Tree.find(tree, "spec", "names");
    return names == null ? Tree.object() : names;
  }

  ObjectNode acceptedNames() {
    var names = Tree.find(tree, "status", "acceptedNames");
    return names == null ? Tree.object() : names;
  }

  List<ObjectNode> versions() {
    return Tree.objects(tree, "spec", "versions");
  }

  /// The version in which objects are stored.
  String storageVersion() {
    for (var version : versions()) {
      if (Tree.flag(version, "storage")) return Tree.text(version, "name");
    }
    return "";
  }

  boolean isTerminating() {
    return Metadata.isBeingDeleted(tree);
  }

  /// Whether its instances have to be removed before it goes.
  boolean cleansUp() {
    return isTerminating() && Metadata.finalizers(tree).contains(FINALIZER);
  }

  boolean is(String condition) {
    return Conditions.isTrue(tree, condition);
  }
}
