package io.ordinal.server.podsecurity;

import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.registry.Refusals;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Holds pods to the Pod Security Standards, as the labels of their namespace ask: refuses them,
/// warns who makes them or what is going to make them, and notes it in the log. Nobody is exempt.
public final class PodSecurity implements Admission {
  private static final Logger AUDIT = LoggerFactory.getLogger("io.ordinal.audit");

  /// Where kinds that make pods keep the pod's template.
  private static final Map<String, String[]> TEMPLATES =
      Map.of(
          "/replicationcontrollers", path("spec", "template"),
          "/podtemplates", path("template"),
          "apps/replicasets", path("spec", "template"),
          "apps/deployments", path("spec", "template"),
          "apps/statefulsets", path("spec", "template"),
          "apps/daemonsets", path("spec", "template"),
          "batch/jobs", path("spec", "template"),
          "batch/cronjobs", path("spec", "jobTemplate", "spec", "template"));

  private final Kind namespaces;
  private final Kind pods;
  private final Objects objects;

  public PodSecurity(Kinds kinds, Objects objects) {
    this.namespaces = kinds.get("", "namespaces");
    this.pods = kinds.get("", "pods");
    this.objects = objects;
  }

  private static String[] path(String... steps) {
    return steps;
  }

  @Override
  public void validate(Attributes about, @Nullable ObjectNode object, @Nullable ObjectNode old) {
    if (object == null) return;
    if (about.isFor("", "namespaces")) checkLabels(about, object, old);
    var pod = checked(about, object, old).orElse(null);
    if (pod == null) return;
    var policy = policyOf(about);
    if (policy.asksForNothing()) return;
    audit(about, policy.audit(), pod);
    if (!about.isFor("", "pods")) return;
    var findings = findings(policy.enforce(), pod);
    if (findings.isEmpty()) return;
    throw Refusals.forbidden(
        about.kind(), about.name(), "violates " + sentence(policy.enforce(), findings));
  }

  @Override
  public List<String> warnings(Attributes about, ObjectNode object, @Nullable ObjectNode old) {
    if (about.isFor("", "namespaces")) {
      return old == null ? List.of() : NewPolicy.warnings(object, old, this::podsOf);
    }
    var pod = checked(about, object, old).orElse(null);
    if (pod == null) return List.of();
    var policy = policyOf(about);
    // what was let in does not violate what is enforced; templates are let in whatever they say
    if (about.isFor("", "pods") && policy.warn().equals(policy.enforce())) return List.of();
    var findings = findings(policy.warn(), pod);
    return findings.isEmpty()
        ? List.of()
        : List.of("would violate " + sentence(policy.warn(), findings));
  }

  /// What there is to check: the pod, the template of pods, or nothing.
  private static Optional<ObjectNode> checked(
      Attributes about, ObjectNode object, @Nullable ObjectNode old) {
    if (about.isFor("", "pods")) {
      return old == null || isAnotherPod(object, old) ? Optional.of(object) : Optional.empty();
    }
    if (!about.subresource().isEmpty()) return Optional.empty();
    var template = TEMPLATES.get(about.kind().group() + "/" + about.kind().resource());
    return template == null ? Optional.empty() : Optional.ofNullable(Tree.find(object, template));
  }

  /// Of a pod's spec that matters here, only images can change, and ephemeral containers come.
  private static boolean isAnotherPod(ObjectNode pod, ObjectNode old) {
    return !images(pod).equals(images(old));
  }

  private static List<String> images(ObjectNode pod) {
    return Subject.of(pod).containers().stream()
        .map(container -> Tree.text(container, "image"))
        .toList();
  }

  private Policy policyOf(Attributes about) {
    return objects
        .find(namespaces, "", about.namespace())
        .map(namespace -> Policy.of(namespace, new FieldErrors()))
        .orElse(Policy.NONE);
  }

  /// Labels that nobody understands are refused where they are set.
  private static void checkLabels(
      Attributes about, ObjectNode namespace, @Nullable ObjectNode old) {
    var errors = new FieldErrors();
    Policy.of(namespace, errors);
    if (errors.isEmpty()) return;
    var before = new FieldErrors();
    if (old != null) Policy.of(old, before);
    if (!errors.all().equals(before.all())) {
      throw Refusals.invalid(about.kind(), about.name(), errors);
    }
  }

  private List<ObjectNode> podsOf(String namespace) {
    return objects.list(pods, namespace);
  }

  /// A namespace that asks for nothing pays for nothing.
  private static List<Finding> findings(Standard standard, ObjectNode pod) {
    return standard.isPrivileged() ? List.of() : Checks.findings(standard, Subject.of(pod));
  }

  private static void audit(Attributes about, Standard standard, ObjectNode pod) {
    var findings = findings(standard, pod);
    if (findings.isEmpty()) return;
    AUDIT.info(
        "{} {}/{} by {} would violate {}",
        about.kind().resource(),
        about.namespace(),
        about.name(),
        about.user().name(),
        sentence(standard, findings));
  }

  /// `PodSecurity "baseline:latest": hostPort (container "c" uses hostPort 80)`
  private static String sentence(Standard standard, List<Finding> findings) {
    return findings.stream()
        .map(Finding::toString)
        .collect(Collectors.joining(", ", "PodSecurity \"" + standard + "\": ", ""));
  }
}
