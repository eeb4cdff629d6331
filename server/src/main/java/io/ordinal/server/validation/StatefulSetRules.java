package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// StatefulSets (statefulset-semantics 1.1 and 1.2).
public final class StatefulSetRules {
  private static final List<String> CHANGEABLE =
      List.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");
  private static final String FORBIDDEN =
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
  private static final String NOT_NEGATIVE = "must be greater than or equal to 0";
  private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
  private static final FieldPath TEMPLATE = FieldPath.SPEC.child("template");

  private StatefulSetRules() {}

  /// Checks a set that is new or changed.
  public static void check(ObjectNode set, @Nullable ObjectNode old, FieldErrors errors) {
    var spec = Tree.make(set, "spec");
    notNegative(spec, FieldPath.SPEC, errors, "replicas", "minReadySeconds");
    notNegative(Tree.find(spec, "ordinals"), FieldPath.of("spec", "ordinals"), errors, "start");
    podManagement(spec, errors);
    updateStrategy(spec, errors);
    retention(spec, errors);
    selector(spec, errors);
    template(spec, old, errors);
    if (old == null) {
      serviceName(spec, errors);
      claims(spec, errors);
    } else unchanged(spec, Tree.make(old, "spec"), errors);
  }

  private static void notNegative(
      @Nullable ObjectNode holder, FieldPath path, FieldErrors errors, String... fields) {
    for (var field : fields) {
      var value = Tree.number(0, holder, field);
      if (value < 0) errors.invalid(path.child(field), value, NOT_NEGATIVE);
    }
  }

  private static void podManagement(ObjectNode spec, FieldErrors errors) {
    var path = FieldPath.SPEC.child("podManagementPolicy");
    switch (Tree.text(spec, "podManagementPolicy")) {
      case "" -> errors.required(path, "");
      case "OrderedReady", "Parallel" -> {}
      case String other -> errors.invalid(path, other, "must be 'OrderedReady' or 'Parallel'");
    }
  }

  private static void updateStrategy(ObjectNode spec, FieldErrors errors) {
    var path = FieldPath.SPEC.child("updateStrategy");
    var strategy = Tree.make(spec, "updateStrategy");
    var rolling = Tree.find(strategy, "rollingUpdate");
    switch (Tree.text(strategy, "type")) {
      case "" -> errors.required(path, "");
      case "OnDelete" -> {
        if (rolling != null) {
          errors.invalid(
              path.child("rollingUpdate"),
              rolling,
              "only allowed for updateStrategy 'RollingUpdate'");
        }
      }
      case "RollingUpdate" -> {
        if (rolling != null) rollingUpdate(rolling, path.child("rollingUpdate"), errors);
      }
      case String other -> errors.invalid(path, strategy, "must be 'RollingUpdate' or 'OnDelete'");
    }
  }

  private static void rollingUpdate(ObjectNode rolling, FieldPath path, FieldErrors errors) {
    notNegative(rolling, path, errors, "partition");
    var most = Tree.at(rolling, "maxUnavailable");
    if (most != null) maxUnavailable(most, path.child("maxUnavailable"), errors);
  }

  private static void maxUnavailable(JsonNode value, FieldPath path, FieldErrors errors) {
    if (value.isString()) {
      var text = value.stringValue();
      if (!PERCENT.matcher(text).matches()) {
        errors.invalid(
            path,
            text,
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        return;
      }
      var digits = text.substring(0, text.length() - 1);
      if (digits.length() > 3 || Integer.parseInt(digits) > 100) {
        errors.invalid(path, text, "must not be greater than 100%");
      }
      if (digits.matches("0+")) errors.invalid(path, text, "cannot be 0");
    } else if (value.asLong(0) < 0) errors.invalid(path, value.asLong(0), NOT_NEGATIVE);
    else if (value.asLong(0) == 0) errors.invalid(path, 0, "cannot be 0");
  }

  private static void retention(ObjectNode spec, FieldErrors errors) {
    var path = FieldPath.SPEC.child("persistentVolumeClaimRetentionPolicy");
    for (var field : List.of("whenDeleted", "whenScaled")) {
      var value = Tree.text(spec, "persistentVolumeClaimRetentionPolicy", field);
      if (!List.of("Retain", "Delete").contains(value)) {
        errors.unsupported(path.child(field), value, List.of("Retain", "Delete"));
      }
    }
  }

  private static void selector(ObjectNode spec, FieldErrors errors) {
    var path = FieldPath.SPEC.child("selector");
    var selector = Tree.at(spec, "selector");
    if (selector == null) {
      errors.required(path, "");
      return;
    }
    var before = errors.all().size();
    SelectorRules.check(selector, path, errors);
    if (SelectorRules.isEmpty(selector)) {
      errors.invalid(path, selector, "empty selector is invalid for statefulset");
      return;
    }
    var labels = Tree.textMap(spec, "template", "metadata", "labels");
    if (errors.all().size() == before && !SelectorRules.matches(selector, labels)) {
      errors.invalid(
          TEMPLATE.child("metadata").child("labels"),
          Tree.find(spec, "template", "metadata", "labels"),
          "`selector` does not match template `labels`");
    }
  }

  /// A template that was stored with a mistake, before the rule against it, does not keep other
  /// fields from changing.
  private static void template(ObjectNode spec, @Nullable ObjectNode old, FieldErrors errors) {
    if (old != null) {
      var was = Tree.make(old.deepCopy(), "spec");
      if (Tree.same(spec.get("template"), was.get("template"))) return;
      var before = new FieldErrors();
      template(was, before);
      if (!before.isEmpty()) return;
    }
    template(spec, errors);
  }

  private static void template(ObjectNode spec, FieldErrors errors) {
    var metadata = Tree.make(spec, "template", "metadata");
    MetadataRules.labels(metadata, TEMPLATE.child("labels"), errors);
    MetadataRules.annotations(metadata, TEMPLATE.child("annotations"), errors);
    var claims =
        Tree.objects(spec, "volumeClaimTemplates").stream()
            .map(claim -> Tree.text(claim, "metadata", "name"))
            .collect(Collectors.toSet());
    var podSpec = Tree.make(spec, "template", "spec");
    PodSpecRules.check(podSpec, TEMPLATE.child("spec"), claims, errors);
    var policy = Tree.text(podSpec, "restartPolicy");
    if (!policy.isEmpty() && !policy.equals("Always")) {
      errors.unsupported(TEMPLATE.child("spec").child("restartPolicy"), policy, List.of("Always"));
    }
    if (Tree.has(podSpec, "activeDeadlineSeconds")) {
      errors.forbidden(
          TEMPLATE.child("spec").child("activeDeadlineSeconds"),
          "activeDeadlineSeconds in StatefulSet is not Supported");
    }
  }

  private static void serviceName(ObjectNode spec, FieldErrors errors) {
    var name = Tree.text(spec, "serviceName");
    if (!name.isEmpty() && !Names.isLabel(name)) {
      errors.invalid(FieldPath.SPEC.child("serviceName"), name, Names.LABEL_RULE);
    }
  }

  private static void claims(ObjectNode spec, FieldErrors errors) {
    var claims = Tree.objects(spec, "volumeClaimTemplates");
    for (var i = 0; i < claims.size(); i++) {
      var path = FieldPath.SPEC.child("volumeClaimTemplates").index(i).child("spec");
      ClaimRules.spec(Tree.make(claims.get(i), "spec"), path, errors);
    }
  }

  private static void unchanged(ObjectNode spec, ObjectNode was, FieldErrors errors) {
    var like = spec.deepCopy();
    for (var field : CHANGEABLE) Tree.carry(field, was, like);
    if (!Tree.same(like, was)) errors.forbidden(FieldPath.SPEC, FORBIDDEN);
  }

  /// Checks a status.
  public static void checkStatus(ObjectNode set, ObjectNode old, FieldErrors errors) {
    var status = Tree.make(set, "status");
    var replicas = Tree.number(0, status, "replicas");
    notNegative(
        status,
        FieldPath.STATUS,
        errors,
        "replicas",
        "readyReplicas",
        "currentReplicas",
        "updatedReplicas",
        "availableReplicas",
        "observedGeneration",
        "collisionCount");
    for (var field :
        List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas")) {
      atMost(status, field, replicas, "cannot be greater than status.replicas", errors);
    }
    var ready = Tree.number(0, status, "readyReplicas");
    atMost(
        status, "availableReplicas", ready, "cannot be greater than status.readyReplicas", errors);
    var collisions = Tree.number(0, status, "collisionCount");
    if (collisions < Tree.number(0, old, "status", "collisionCount")) {
      errors.invalid(FieldPath.STATUS.child("collisionCount"), collisions, "cannot be decremented");
    }
  }

  private static void atMost(
      ObjectNode status, String field, long most, String rule, FieldErrors errors) {
    var value = Tree.number(0, status, field);
    if (value > most) errors.invalid(FieldPath.STATUS.child(field), value, rule);
  }
}
