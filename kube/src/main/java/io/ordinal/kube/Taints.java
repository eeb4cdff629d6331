package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Taints repel pods, tolerations bear them.
public final class Taints {
  public static final String NO_SCHEDULE = "NoSchedule";
  public static final String NO_EXECUTE = "NoExecute";
  public static final String PREFER_NO_SCHEDULE = "PreferNoSchedule";

  public static final String NOT_READY = "node.kubernetes.io/not-ready";
  public static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  public static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
  public static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

  private Taints() {}

  /// The first taint with one of these effects that no toleration bears.
  public static Optional<Taint> untolerated(
      List<Taint> taints, List<Toleration> tolerations, String... effects) {
    return taints.stream()
        .filter(t -> List.of(effects).contains(t.getEffect()))
        .filter(t -> tolerations.stream().noneMatch(b -> tolerates(b, t)))
        .findFirst();
  }

  /// An empty effect bears every effect; an empty key with `Exists` bears every taint.
  public static boolean tolerates(Toleration toleration, Taint taint) {
    return (isEmpty(toleration.getEffect()) || toleration.getEffect().equals(taint.getEffect()))
        && (isEmpty(toleration.getKey()) || toleration.getKey().equals(taint.getKey()))
        && valueFits(toleration, taint);
  }

  private static boolean valueFits(Toleration toleration, Taint taint) {
    String operator = toleration.getOperator();
    return "Exists".equals(operator)
        || ((isEmpty(operator) || "Equal".equals(operator))
            && Objects.equals(orEmpty(toleration.getValue()), orEmpty(taint.getValue())));
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
