package io.ordinal.controllers.quota;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which objects a quota counts, by one of their properties.
///
/// @param operator In, NotIn, Exists or DoesNotExist
record QuotaScope(String name, String operator, List<String> values) {

  static List<QuotaScope> of(ResourceQuota quota) {
    List<QuotaScope> scopes = new ArrayList<>();
    for (String name : quota.getSpec().getScopes()) {
      scopes.add(new QuotaScope(name, "Exists", List.of()));
    }
    var selector = quota.getSpec().getScopeSelector();
    if (selector != null) {
      selector
          .getMatchExpressions()
          .forEach(
              e -> scopes.add(new QuotaScope(e.getScopeName(), e.getOperator(), e.getValues())));
    }
    return scopes;
  }

  boolean covers(Pod pod) {
    return switch (name) {
      case "Terminating" -> isLimitedInTime(pod);
      case "NotTerminating" -> !isLimitedInTime(pod);
      case "BestEffort" -> isBestEffort(pod);
      case "NotBestEffort" -> !isBestEffort(pod);
      case "PriorityClass" -> matches(named(pod.getSpec().getPriorityClassName()));
      case "CrossNamespacePodAffinity" -> looksIntoOtherNamespaces(pod.getSpec().getAffinity());
      default -> false;
    };
  }

  private static boolean isLimitedInTime(Pod pod) {
    Long deadline = pod.getSpec().getActiveDeadlineSeconds();
    return deadline != null && deadline >= 0;
  }

  private static boolean isBestEffort(Pod pod) {
    return pod.getStatus() != null && "BestEffort".equals(pod.getStatus().getQosClass());
  }

  boolean covers(PersistentVolumeClaim claim) {
    if (!name.equals("VolumeAttributesClass")) {
      return false;
    }
    Set<String> named = new HashSet<>(named(claim.getSpec().getVolumeAttributesClassName()));
    var status = claim.getStatus();
    if (status != null) {
      named.addAll(named(status.getCurrentVolumeAttributesClassName()));
      var change = status.getModifyVolumeStatus();
      named.addAll(named(change == null ? null : change.getTargetVolumeAttributesClassName()));
    }
    return matches(named);
  }

  private static Set<String> named(@Nullable String name) {
    return name == null || name.isEmpty() ? Set.of() : Set.of(name);
  }

  private boolean matches(Set<String> found) {
    return switch (operator) {
      case "In" -> found.stream().anyMatch(values::contains);
      case "NotIn" -> found.isEmpty() || !values.containsAll(found);
      case "Exists" -> !found.isEmpty();
      default -> found.isEmpty();
    };
  }

  private static boolean looksIntoOtherNamespaces(@Nullable Affinity affinity) {
    if (affinity == null) {
      return false;
    }
    List<PodAffinityTerm> terms = new ArrayList<>();
    var with = affinity.getPodAffinity();
    if (with != null) {
      terms.addAll(with.getRequiredDuringSchedulingIgnoredDuringExecution());
      with.getPreferredDuringSchedulingIgnoredDuringExecution()
          .forEach(t -> terms.add(t.getPodAffinityTerm()));
    }
    var against = affinity.getPodAntiAffinity();
    if (against != null) {
      terms.addAll(against.getRequiredDuringSchedulingIgnoredDuringExecution());
      against
          .getPreferredDuringSchedulingIgnoredDuringExecution()
          .forEach(t -> terms.add(t.getPodAffinityTerm()));
    }
    return terms.stream()
        .flatMap(Stream::ofNullable)
        .anyMatch(t -> !t.getNamespaces().isEmpty() || t.getNamespaceSelector() != null);
  }
}
