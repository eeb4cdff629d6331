package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one look at a granted namespace in its cluster has decided.
///
/// @param steps to be done in this order
/// @param phase the object's
/// @param why what is wrong, if anything is
record NamespacePlan(List<Step> steps, String phase, Refused why) {

  /// One thing to do in the cluster.
  sealed interface Step {
    record MakeNamespace(Map<String, String> labels) implements Step {}

    /// @param labels those that are missing
    record Label(Namespace namespace, Map<String, String> labels) implements Step {}

    record MakeQuota(Map<String, String> labels, Map<String, Quantity> hard) implements Step {}

    record ChangeQuota(ResourceQuota quota, Map<String, String> labels, Map<String, Quantity> hard)
        implements Step {}

    record DeleteQuota(ResourceQuota quota) implements Step {}

    /// Whether it changes what the namespace may have.
    default boolean touchesQuota() {
      return switch (this) {
        case MakeNamespace _, Label _ -> false;
        case MakeQuota _, ChangeQuota _, DeleteQuota _ -> true;
      };
    }
  }

  /// What was seen.
  ///
  /// @param object the business's namespace, which is granted
  /// @param place where it was granted
  /// @param hard what it was granted
  /// @param why what it asks for and does not get; nothing if it has all of it
  /// @param real the namespace in its cluster
  /// @param quota the ResourceQuota there that has the namespace's name
  record Observed(
      BusinessNamespace object,
      Place place,
      Map<String, Quantity> hard,
      Refused why,
      Optional<Namespace> real,
      Optional<ResourceQuota> quota) {

    private Map<String, String> ownLabels() {
      return Map.of(Project.LABEL, object.project(), BusinessNamespace.LABEL, object.name());
    }

    private String name() {
      return place.namespace();
    }

    /// Whether it has been there, all of it.
    private boolean wasAvailable() {
      return object.available();
    }
  }

  static final String ENFORCE = "pod-security.kubernetes.io/enforce";

  private static final String BASELINE = "baseline";

  static NamespacePlan of(Observed seen) {
    return seen.real().map(real -> standing(seen, real)).orElseGet(() -> missing(seen));
  }

  private static NamespacePlan missing(Observed seen) {
    var labels = new LinkedHashMap<>(seen.ownLabels());
    labels.put(ENFORCE, BASELINE);
    return failedOrPending(
        seen,
        List.of(new Step.MakeNamespace(labels)),
        Refused.of(Refused.NAMESPACE_NOT_FOUND, "namespace %s was gone", seen.name()));
  }

  /// What is missing at first is on its way; what was there before and is missing now is a fault,
  /// which is shown and mended.
  private static NamespacePlan failedOrPending(Observed seen, List<Step> steps, Refused fault) {
    return seen.object().getStatus().phase().equals(BusinessNamespace.PENDING)
        ? new NamespacePlan(steps, BusinessNamespace.PENDING, Refused.NOTHING)
        : new NamespacePlan(steps, BusinessNamespace.FAILED, fault);
  }

  private static NamespacePlan standing(Observed seen, Namespace real) {
    var foreign = conflict(seen, real);
    if (foreign.isPresent()) return failed(foreign.get());
    if (isEnding(real)) {
      return failed(
          Refused.of(Refused.NAMESPACE_NOT_ACTIVE, "namespace %s is being deleted", seen.name()));
    }
    var steps = new ArrayList<Step>();
    var missing = missingLabels(real, seen.ownLabels());
    if (!labels(real).containsKey(ENFORCE)) missing.put(ENFORCE, BASELINE);
    if (!missing.isEmpty()) steps.add(new Step.Label(real, missing));
    return limited(seen, steps);
  }

  private static NamespacePlan failed(Refused why) {
    return new NamespacePlan(List.of(), BusinessNamespace.FAILED, why);
  }

  /// A namespace is the business's if the label says so. Where it was not made with it, only an
  /// administrator of the cluster can have put it there.
  private static Optional<Refused> conflict(Observed seen, Namespace real) {
    var business = labels(real).getOrDefault(Project.LABEL, "");
    var object = labels(real).getOrDefault(BusinessNamespace.LABEL, "");
    if (business.isEmpty()) return Optional.of(unlabelled(seen));
    if (business.equals(seen.object().project())
        && (object.isEmpty() || object.equals(seen.object().name()))) return Optional.empty();
    return Optional.of(
        Refused.of(
            Refused.CONFLICT_PROJECT,
            "namespace %s belongs to %s of business %s",
            seen.name(),
            object.isEmpty() ? "nothing" : object,
            business));
  }

  private static Refused unlabelled(Observed seen) {
    var lost =
        seen.wasAvailable()
            || seen.object().getStatus().reason().equals(Refused.NAMESPACE_NO_LABEL);
    return lost
        ? Refused.of(
            Refused.NAMESPACE_NO_LABEL,
            "namespace %s has lost the label %s: %s",
            seen.name(),
            Project.LABEL,
            seen.object().project())
        : Refused.of(
            Refused.CONFLICT_PROJECT,
            "namespace %s was there before; an administrator of the cluster can give it to the"
                + " business by the label %s: %s",
            seen.name(),
            Project.LABEL,
            seen.object().project());
  }

  private static boolean isEnding(Namespace real) {
    return real.getMetadata().getDeletionTimestamp() != null;
  }

  private static NamespacePlan limited(Observed seen, List<Step> steps) {
    var quota = seen.quota();
    if (seen.hard().isEmpty()) {
      quota
          .filter(each -> missingLabels(each, seen.ownLabels()).isEmpty())
          .ifPresent(each -> steps.add(new Step.DeleteQuota(each)));
      return available(seen, steps);
    }
    if (quota.isEmpty()) {
      steps.add(new Step.MakeQuota(seen.ownLabels(), seen.hard()));
      if (seen.object().getStatus().resourceQuotaName().isEmpty()) return available(seen, steps);
      return failedOrPending(
          seen, steps, Refused.of(Refused.RESOURCE_QUOTA_NOT_FOUND, "its ResourceQuota was gone"));
    }
    var missing = missingLabels(quota.get(), seen.ownLabels());
    if (!missing.isEmpty() || !seen.hard().equals(quota.get().getSpec().getHard())) {
      steps.add(new Step.ChangeQuota(quota.get(), seen.ownLabels(), seen.hard()));
    }
    return available(seen, steps);
  }

  private static NamespacePlan available(Observed seen, List<Step> steps) {
    return new NamespacePlan(steps, BusinessNamespace.AVAILABLE, seen.why());
  }

  private static Map<String, String> missingLabels(HasMetadata object, Map<String, String> wanted) {
    var missing = new LinkedHashMap<>(wanted);
    missing.entrySet().removeAll(labels(object).entrySet());
    return missing;
  }

  static Map<String, String> labels(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }
}
