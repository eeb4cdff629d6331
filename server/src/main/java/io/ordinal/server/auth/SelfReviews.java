package io.ordinal.server.auth;

import io.ordinal.server.User;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What users may ask about themselves: who am I (`kubectl auth whoami`), may I (`can-i`).
public final class SelfReviews {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Authorizer authorizer;
  private final InstantSource clock;

  /// Answers from the same rules as the pipeline.
  public SelfReviews(Authorizer authorizer, InstantSource clock) {
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
  public ObjectNode access(User user, ObjectNode review) {
    review.put("kind", "SelfSubjectAccessReview").put("apiVersion", "authorization.k8s.io/v1");
    review.putObject("metadata");
    var allowed = authorizer.allows(user, action(review.path("spec")));
    review.putObject("status").put("allowed", allowed);
    return review;
  }

  /// A SelfSubjectRulesReview: all that the user may do, whatever the namespace, as no rule here
  /// ends at one.
  public ObjectNode rules(User user, ObjectNode review) {
    review.put("kind", "SelfSubjectRulesReview").put("apiVersion", "authorization.k8s.io/v1");
    review.putObject("metadata");
    var status = review.putObject("status");
    var resources = status.putArray("resourceRules");
    for (var rule : authorizer.rules(user)) {
      var shown = resources.addObject();
      putAll(shown, "verbs", new TreeSet<>(rule.verbs()));
      putAll(shown, "apiGroups", new TreeSet<>(rule.groups()));
      putAll(shown, "resources", new TreeSet<>(rule.resources()));
    }
    var paths = status.putArray("nonResourceRules");
    authorizer
        .paths(user)
        .forEach((verbs, urls) -> {
          var shown = paths.addObject();
          putAll(shown, "verbs", verbs);
          putAll(shown, "nonResourceURLs", urls);
        });
    status.put("incomplete", false);
    return review;
  }

  private static Action action(JsonNode spec) {
    if (spec.path("nonResourceAttributes").isObject()) {
      var asked = spec.path("nonResourceAttributes");
      return new Action.OnPath(text(asked, "verb"), text(asked, "path"));
    }
    var asked = spec.path("resourceAttributes");
    return new Action.OnResource(
        text(asked, "verb"),
        text(asked, "group"),
        text(asked, "resource"),
        text(asked, "subresource"),
        text(asked, "namespace"),
        text(asked, "name"));
  }

  private static void putAll(ObjectNode to, String field, Iterable<String> values) {
    var array = to.putArray(field);
    values.forEach(array::add);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
