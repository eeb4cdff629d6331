package io.ordinal.server.validation;

import io.ordinal.schema.Quantity;
import io.ordinal.server.tree.Tree;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// LimitRanges.
public final class LimitRangeRules {
  private static final List<String> DEFAULTS = List.of("default", "defaultRequest");
  private static final List<String> ALL =
      List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");
  private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");

  private LimitRangeRules() {}

  /// Checks a range that is already defaulted.
  public static void check(ObjectNode range, FieldErrors errors) {
    var limits = Tree.objects(range, "spec", "limits");
    var seen = new HashSet<String>();
    for (var i = 0; i < limits.size(); i++) {
      var path = FieldPath.SPEC.child("limits").index(i);
      var type = Tree.text(limits.get(i), "type");
      type(type, path.child("type"), errors);
      if (!seen.add(type)) errors.duplicate(path.child("type"), type);
      new Limit(limits.get(i), type, path, errors).check();
    }
  }

  private static void type(String type, FieldPath path, FieldErrors errors) {
    if (!Names.isQualified(type)) errors.invalid(path, type, MetadataRules.QUALIFIED_RULE);
    else if (!type.contains("/") && !TYPES.contains(type)) {
      errors.invalid(path, type, "must be a standard limit type or fully qualified");
    }
  }

  /// One element of the list on its way through the checks.
  private record Limit(ObjectNode limit, String type, FieldPath path, FieldErrors errors) {

    void check() {
      var resources = new TreeSet<String>();
      for (var field : ALL) {
        if (type.equals("Pod") && DEFAULTS.contains(field)) {
          if (Tree.textMap(limit, field).isEmpty()) continue;
          errors.forbidden(path.child(field), "may not be specified when `type` is 'Pod'");
        } else {
          for (var name : Tree.textMap(limit, field).keySet()) {
            name(name, path.child(field).key(name));
            resources.add(name);
          }
        }
      }
      if (type.equals("PersistentVolumeClaim")
          && !Tree.has(limit, "min", "storage")
          && !Tree.has(limit, "max", "storage")) {
        errors.required(
            path.child("limits"),
            "either minimum or maximum storage value is required, but neither was provided");
      }
      resources.forEach(this::order);
    }

    private void name(String name, FieldPath at) {
      switch (type) {
        case "Pod", "Container" -> ResourceRules.name(name, at, errors);
        default -> ResourceRules.anyName(name, at, errors);
      }
    }

    /// What is written for one resource must not contradict itself.
    private void order(String name) {
      var min = amount("min", name);
      var max = amount("max", name);
      var limit = amount("default", name);
      var request = amount("defaultRequest", name);
      atMost(min, max, "min", min, name, "min value %s is greater than max value %s");
      atMost(
          min,
          request,
          "defaultRequest",
          request,
          name,
          "min value %s is greater than default request value %s");
      atMost(
          request,
          max,
          "defaultRequest",
          request,
          name,
          "default request value %s is greater than max value %s");
      atMost(
          request,
          limit,
          "defaultRequest",
          request,
          name,
          "default request value %s is greater than default limit value %s");
      atMost(min, limit, "default", min, name, "min value %s is greater than default value %s");
      atMost(limit, max, "default", max, name, "default value %s is greater than max value %s");
      ratio(name, min, max);
      if (limit != null
          && request != null
          && !ResourceRules.mayExceed(name)
          && !limit.equals(request)) {
        errors.invalid(
            path.child("defaultRequest").key(name),
            request.canonical(),
            "default value %s must equal to defaultRequest value %s in %s"
                .formatted(limit, request, name));
      }
    }

    private @Nullable Quantity amount(String field, String name) {
      if (type.equals("Pod") && DEFAULTS.contains(field)) return null;
      var text = Tree.text(limit, field, name);
      return text.isEmpty() ? null : Checks.quantity(text);
    }

    private void atMost(
        @Nullable Quantity less,
        @Nullable Quantity more,
        String field,
        @Nullable Quantity shown,
        String name,
        String sentence) {
      if (less == null || more == null || shown == null || less.compareTo(more) <= 0) return;
      errors.invalid(
          path.child(field).key(name), shown.canonical(), sentence.formatted(less, more));
    }

    private void ratio(String name, @Nullable Quantity min, @Nullable Quantity max) {
      var ratio = amount("maxLimitRequestRatio", name);
      if (ratio == null) return;
      var at = path.child("maxLimitRequestRatio").key(name);
      if (ratio.compareTo(Quantity.of(1)) < 0) {
        errors.invalid(at, ratio.canonical(), "ratio " + ratio + " is less than 1");
      }
      if (min == null || max == null || min.signum() == 0) return;
      var most = max.value().divide(min.value(), MathContext.DECIMAL64);
      if (ratio.value().compareTo(most) > 0) {
        errors.invalid(
            at,
            ratio.canonical(),
            "ratio "
                + ratio
                + " is greater than max/min = "
                + most.setScale(6, RoundingMode.HALF_EVEN).toPlainString());
      }
    }
  }
}
