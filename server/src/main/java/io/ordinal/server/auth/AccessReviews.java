package io.ordinal.server.auth;

import io.ordinal.server.User;
import io.ordinal.server.rbac.Action;
import io.ordinal.server.rbac.PolicyRule;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What may be asked about rights: who am I (`kubectl auth whoami`), may I (`can-i`), may he.
public final class AccessReviews {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String GROUP = "authorization.k8s.io";
  private static final FieldPath RESOURCE = FieldPath.SPEC.child("resourceAttributes");
  private static final FieldPath PATH = FieldPath.SPEC.child("nonResourceAttributes");

  private final Authorizer authorizer;
  private final InstantSource clock;

  /// Answers from the same rules as the pipeline.
  public AccessReviews(Authorizer authorizer, InstantSource clock) {
    this.authorizer = authorizer;
    this.clock = clock;
  }

  /// A SelfSubjectReview.
  public ObjectNode subject(User user) {
    var review = JSON.createObjectNode();
    review.put("kind", "SelfSubjectReview").put("apiVersion", "authentication.k8s.io/v1");
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    review.putObject("metadata").put("creationTimestamp", now.toString());
    var info = review.putObject("status").putObject("userInfo").put("username", user.name());
    if (!user.uid().isEmpty()) {
      info.put("uid", user.uid());
    }
    putAll(info, "groups", new TreeSet<>(user.groups()));
    if (!user.extra().isEmpty()) {
      var extra = info.putObject("extra");
      user.extra().forEach((key, values) -> putAll(extra, key, values));
    }
    return review;
  }

  /// A SelfSubjectAccessReview.
  public ObjectNode own(User user, ObjectNode review) {
    var errors = new FieldErrors();
    checkOne(review, errors);
    refuseIfWrong("SelfSubjectAccessReview", errors);
    return answered("SelfSubjectAccessReview", user, review);
  }

  /// A SubjectAccessReview: about somebody else.
  public ObjectNode others(ObjectNode review) {
    var errors = new FieldErrors();
    checkOne(review, errors);
    checkSubject(review, errors);
    refuseIfWrong("SubjectAccessReview", errors);
    return answered("SubjectAccessReview", subjectOf(review), review);
  }

  /// A LocalSubjectAccessReview: about somebody else in one namespace.
  public ObjectNode local(String namespace, ObjectNode review) {
    var asked = Tree.text(review, "spec", "resourceAttributes", "namespace");
    if (!asked.equals(namespace)) {
      throw Refusals.badRequest(
          "spec.resourceAttributes.namespace must match namespace: " + namespace);
    }
    var errors = new FieldErrors();
    checkOne(review, errors);
    checkSubject(review, errors);
    if (Tree.has(review, "spec", "nonResourceAttributes")) {
      errors.invalid(
          PATH,
          Tree.at(review, "spec", "nonResourceAttributes"),
          "disallowed on this kind of request");
    }
    refuseIfWrong("LocalSubjectAccessReview", errors);
    var answer = answered("LocalSubjectAccessReview", subjectOf(review), review);
    Tree.make(answer, "metadata").put("namespace", namespace);
    return answer;
  }

  /// A SelfSubjectRulesReview: all that the user may do in a namespace.
  public ObjectNode rules(User user, ObjectNode review) {
    var namespace = Tree.text(review, "spec", "namespace");
    if (namespace.isEmpty()) throw Refusals.badRequest("no namespace on request");
    begin("SelfSubjectRulesReview", review);
    var status = review.putObject("status");
    var resources = status.putArray("resourceRules");
    var paths = status.putArray("nonResourceRules");
    for (var rule : authorizer.rules(user, namespace)) {
      if (!rule.resources().isEmpty()) showResources(rule, resources.addObject());
      if (!rule.paths().isEmpty()) {
        var shown = paths.addObject();
        putAll(shown, "verbs", rule.verbs());
        putAll(shown, "nonResourceURLs", rule.paths());
      }
    }
    status.put("incomplete", false);
    return review;
  }

  private static void showResources(PolicyRule rule, ObjectNode shown) {
    putAll(shown, "verbs", rule.verbs());
    putAll(shown, "apiGroups", rule.groups());
    putAll(shown, "resources", rule.resources());
    if (!rule.names().isEmpty()) putAll(shown, "resourceNames", rule.names());
  }

  private static void begin(String kind, ObjectNode review) {
    review.put("kind", kind).put("apiVersion", GROUP + "/v1");
    review.putObject("metadata");
  }

  private ObjectNode answered(String kind, User user, ObjectNode review) {
    begin(kind, review);
    var decision = authorizer.decide(user, action(review.path("spec")));
    var status = review.putObject("status").put("allowed", decision.allowed());
    if (!decision.reason().isEmpty()) status.put("reason", decision.reason());
    return review;
  }

  private static void checkOne(ObjectNode review, FieldErrors errors) {
    var resource = Tree.has(review, "spec", "resourceAttributes");
    var path = Tree.has(review, "spec", "nonResourceAttributes");
    if (resource && path) {
      errors.invalid(
          PATH,
          Tree.at(review, "spec", "nonResourceAttributes"),
          "cannot be specified in combination with resourceAttributes");
    } else if (!resource && !path) {
      errors.invalid(
          RESOURCE,
          null,
          "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
  }

  private static void checkSubject(ObjectNode review, FieldErrors errors) {
    var user = Tree.text(review, "spec", "user");
    if (user.isEmpty() && Tree.texts(review, "spec", "groups").isEmpty()) {
      errors.invalid(
          FieldPath.SPEC.child("user"), user, "at least one of user or group must be specified");
    }
  }

  private static void refuseIfWrong(String kind, FieldErrors errors) {
    if (!errors.isEmpty()) throw Refusals.invalid(GROUP, kind, "", errors);
  }

  private static User subjectOf(ObjectNode review) {
    var extra = new HashMap<String, List<String>>();
    for (var entry : review.path("spec").path("extra").properties()) {
      extra.put(entry.getKey(), Tree.texts(entry.getValue()));
    }
    return new User(
        Tree.text(review, "spec", "user"),
        Tree.text(review, "spec", "uid"),
        new HashSet<>(Tree.texts(review, "spec", "groups")),
        Map.copyOf(extra));
  }

  private static Action action(JsonNode spec) {
    if (spec.path("nonResourceAttributes").isObject()) {
      var asked = spec.path("nonResourceAttributes");
      return new Action.OnPath(Tree.text(asked, "verb"), Tree.text(asked, "path"));
    }
    var asked = spec.path("resourceAttributes");
    return new Action.OnResource(
        Tree.text(asked, "verb"),
        Tree.text(asked, "group"),
        Tree.text(asked, "resource"),
        Tree.text(asked, "subresource"),
        Tree.text(asked, "namespace"),
        Tree.text(asked, "name"));
  }

  private static void putAll(ObjectNode to, String field, Iterable<String> values) {
    var array = to.putArray(field);
    values.forEach(array::add);
  }
}
