package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What can be limited: the console's list, storage, and whatever has a qualified name, such as
/// `requests.nvidia.com/gpu` or `count/statefulsets.apps`. What a cluster would refuse in its
/// ResourceQuota is refused here, where it can be told.
final class QuotaKeys {

  private static final Set<String> COUNTS =
      Set.of(
          "pods",
          "services",
          "resourcequotas",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");

  private static final Set<String> AMOUNTS =
      Set.of(
          "requests.cpu",
          "limits.cpu",
          "requests.memory",
          "limits.memory",
          "requests.ephemeral-storage",
          "limits.ephemeral-storage",
          "requests.storage");

  /// A domain, `/`, and a name, as Kubernetes wants them everywhere.
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "(?=[^/]{1,253}/[^/]{1,63}$)"
              + "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
              + "/[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?");

  private QuotaKeys() {}

  /// What is wrong with limits, whoever asks for them.
  static Optional<Refused> refusal(Map<String, Quantity> hard) {
    return new TreeMap<>(hard)
        .entrySet().stream()
            .flatMap(limit -> problem(limit.getKey(), limit.getValue()).stream())
            .findFirst()
            .map(problem -> new Refused(Refused.QUOTA_INVALID, problem));
  }

  private static Optional<String> problem(String key, Quantity limit) {
    if (!isKey(key)) {
      return Optional.of(
          key + " cannot be limited; pods, requests.cpu or count/statefulsets.apps can");
    }
    var amount = amount(limit);
    if (amount.isEmpty()) {
      return Optional.of("%s: %s is no amount such as 3, 500m or 2Gi".formatted(key, limit));
    }
    if (isCount(key) && amount.get().stripTrailingZeros().scale() > 0) {
      return Optional.of("%s: %s is no whole number".formatted(key, limit));
    }
    return Optional.empty();
  }

  private static boolean isKey(String key) {
    return COUNTS.contains(key) || AMOUNTS.contains(key) || QUALIFIED.matcher(key).matches();
  }

  /// Whatever somebody has given a domain comes in pieces; so do bytes.
  private static boolean isCount(String key) {
    return !AMOUNTS.contains(key);
  }

  private static Optional<BigDecimal> amount(Quantity quantity) {
    try {
      return Optional.of(Grant.amount(quantity)).filter(amount -> amount.signum() >= 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
