package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What containers ask for and are limited to.
final class ResourceRules {
  private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");
  private static final Set<String> STANDARD =
      Set.of(
          "cpu", "memory", "ephemeral-storage", "storage", "pods", "services", "requests.storage");

  private ResourceRules() {}

  static void check(@Nullable ObjectNode resources, FieldPath path, FieldErrors errors) {
    var limits = Tree.textMap(resources, "limits");
    var requests = Tree.textMap(resources, "requests");
    limits.forEach((name, amount) -> amount(name, amount, path.child("limits").key(name), errors));
    requests.forEach((name, amount) -> {
      amount(name, amount, path.child("requests").key(name), errors);
      var limit = limits.get(name);
      if (limit != null) atMost(name, amount, limit, path.child("requests"), errors);
      else if (!mayExceed(name)) {
        errors.required(path.child("limits"), "Limit must be set for non overcommitable resources");
      }
    });
  }

  /// One amount of one resource.
  static void amount(String name, String amount, FieldPath path, FieldErrors errors) {
    name(name, path, errors);
    var quantity = Checks.quantity(amount);
    if (quantity.signum() < 0) errors.invalid(path, amount, Checks.NOT_NEGATIVE);
    var whole = quantity.value().stripTrailingZeros().scale() <= 0;
    if (!whole && !OF_CONTAINERS.contains(name)) errors.invalid(path, amount, "must be an integer");
  }

  /// The name of something that a container can ask for.
  static void name(String name, FieldPath path, FieldErrors errors) {
    anyName(name, path, errors);
    if (name.contains("/") || name.startsWith("hugepages-")) return;
    if (!OF_CONTAINERS.contains(name)) {
      errors.invalid(path, name, "must be a standard resource for containers");
    }
  }

  /// The name of something that can be asked for.
  static void anyName(String name, FieldPath path, FieldErrors errors) {
    Checks.qualified(name, path, errors);
    if (name.contains("/") || name.startsWith("hugepages-")) return;
    if (!STANDARD.contains(name)) {
      errors.invalid(path, name, "must be a standard resource type or fully qualified");
    }
  }

  private static void atMost(
      String name, String request, String limit, FieldPath path, FieldErrors errors) {
    var order = Checks.quantity(request).compareTo(Checks.quantity(limit));
    if (order != 0 && !mayExceed(name)) {
      errors.invalid(path, request, "must be equal to " + name + " limit of " + limit);
    } else if (order > 0) {
      errors.invalid(path, request, "must be less than or equal to " + name + " limit of " + limit);
    }
  }

  /// Whether a node may promise more of it than it has.
  static boolean mayExceed(String name) {
    var extended = name.contains("/") && !name.contains("kubernetes.io/");
    return !extended && !name.startsWith("hugepages-");
  }
}
