package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// ResourceQuotas.
public final class QuotaRules {
  private static final Set<String> COUNTED =
      Set.of(
          "pods",
          "services",
          "replicationcontrollers",
          "resourcequotas",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");
  private static final Set<String> COMPUTE =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");
  private static final Set<String> OTHER =
      Set.of(
          "ephemeral-storage",
          "requests.ephemeral-storage",
          "limits.ephemeral-storage",
          "requests.storage");
  private static final List<String> EXISTING =
      List.of(
          "BestEffort",
          "NotBestEffort",
          "Terminating",
          "NotTerminating",
          "CrossNamespacePodAffinity");
  private static final List<List<String>> CONTRARY =
      List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"));

  private QuotaRules() {}

  /// Checks a quota; its scopes never change, because what it has counted would be something else.
  public static void check(ObjectNode quota, @Nullable ObjectNode old, FieldErrors errors) {
    var spec = Tree.make(quota, "spec");
    amounts(spec, "hard", FieldPath.SPEC, errors);
    scopes(spec, errors);
    selector(spec, errors);
    if (old == null) return;
    var before = Set.copyOf(Tree.texts(old, "spec", "scopes"));
    if (!before.equals(Set.copyOf(Tree.texts(spec, "scopes")))) {
      errors.invalid(FieldPath.SPEC.child("scopes"), list(spec, "scopes"), "field is immutable");
    }
  }

  /// Checks what a controller says of a quota.
  public static void checkStatus(ObjectNode quota, FieldErrors errors) {
    var status = Tree.find(quota, "status");
    amounts(status, "hard", FieldPath.STATUS, errors);
    amounts(status, "used", FieldPath.STATUS, errors);
  }

  private static void amounts(
      @Nullable ObjectNode holder, String field, FieldPath path, FieldErrors errors) {
    for (var amount : Tree.textMap(holder, field).entrySet()) {
      var at = path.child(field).key(amount.getKey());
      name(amount.getKey(), at, errors);
      value(amount, at, errors);
    }
  }

  private static void name(String name, FieldPath path, FieldErrors errors) {
    if (!Names.isQualified(name)) errors.invalid(path, name, MetadataRules.QUALIFIED_RULE);
    else if (!name.contains("/") && !name.equals("storage") && !isStandard(name)) {
      errors.invalid(path, name, "must be a standard resource type or fully qualified");
    }
    if (!name.contains("/") && !isStandard(name)) {
      errors.invalid(path, name, "must be a standard resource for quota");
    }
  }

  private static void value(Map.Entry<String, String> amount, FieldPath path, FieldErrors errors) {
    var quantity = Checks.quantity(amount.getValue());
    if (quantity.signum() < 0) errors.invalid(path, amount.getValue(), Checks.NOT_NEGATIVE);
    var whole = quantity.value().stripTrailingZeros().scale() <= 0;
    if (!whole && isWhole(amount.getKey())) {
      errors.invalid(path, amount.getValue(), "must be an integer");
    }
  }

  private static boolean isWhole(String name) {
    var foreign = name.contains("/") && !name.contains("kubernetes.io/");
    return COUNTED.contains(name) || (foreign && !name.startsWith("requests."));
  }

  private static boolean isStandard(String name) {
    return COUNTED.contains(name)
        || COMPUTE.contains(name)
        || OTHER.contains(name)
        || name.startsWith("hugepages-")
        || name.startsWith("requests.hugepages-");
  }

  private static void scopes(ObjectNode spec, FieldErrors errors) {
    var scopes = Tree.texts(spec, "scopes");
    var path = FieldPath.SPEC.child("scopes");
    for (var scope : scopes) {
      var all = list(spec, "scopes");
      if (!isScope(scope)) errors.invalid(path, all, "unsupported scope");
      unsuited(scope, spec, path, all, errors);
    }
    contrary(scopes, path, list(spec, "scopes"), errors);
  }

  private static void selector(ObjectNode spec, FieldErrors errors) {
    var path = FieldPath.of("spec", "scopeSelector", "matchExpressions");
    var terms = Tree.objects(spec, "scopeSelector", "matchExpressions");
    for (var term : terms) {
      var scope = Tree.text(term, "scopeName");
      if (!isScope(scope)) errors.invalid(path.child("scopeName"), scope, "unsupported scope");
      unsuited(scope, spec, path, Tree.at(spec, "scopeSelector"), errors);
      operator(scope, term, path, errors);
    }
    var scopes = terms.stream().map(term -> Tree.text(term, "scopeName")).toList();
    contrary(scopes, path, list(spec, "scopes"), errors);
  }

  private static void operator(String scope, ObjectNode term, FieldPath path, FieldErrors errors) {
    var operator = Tree.text(term, "operator");
    if (EXISTING.contains(scope) && !operator.equals("Exists")) {
      errors.invalid(
          path.child("operator"),
          operator,
          "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
    }
    var values = Tree.texts(term, "values");
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          errors.required(
              path.child("values"),
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          errors.invalid(
              path.child("values"),
              list(term, "values"),
              "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
        }
      }
      case String other ->
          errors.invalid(path.child("operator"), other, "not a valid selector operator");
    }
  }

  private static void unsuited(
      String scope, ObjectNode spec, FieldPath path, @Nullable JsonNode shown, FieldErrors errors) {
    for (var name : Tree.textMap(spec, "hard").keySet()) {
      if (isStandard(name) && !suits(scope, name)) {
        errors.invalid(path, shown, "unsupported scope applied to resource");
      }
    }
  }

  private static void contrary(
      Collection<String> scopes, FieldPath path, JsonNode shown, FieldErrors errors) {
    for (var pair : CONTRARY) {
      if (scopes.containsAll(pair)) errors.invalid(path, shown, "conflicting scopes");
    }
  }

  private static boolean isScope(String scope) {
    return EXISTING.contains(scope)
        || scope.equals("PriorityClass")
        || scope.equals("VolumeAttributesClass");
  }

  /// Whether a scope can tell apart what uses the resource.
  private static boolean suits(String scope, String resource) {
    return switch (scope) {
      case "BestEffort" -> resource.equals("pods");
      case "VolumeAttributesClass" ->
          resource.equals("persistentvolumeclaims") || resource.equals("requests.storage");
      default -> !isScope(scope) || resource.equals("pods") || COMPUTE.contains(resource);
    };
  }

  private static JsonNode list(ObjectNode holder, String field) {
    var found = Tree.at(holder, field);
    return found == null ? Tree.list() : found;
  }
}
