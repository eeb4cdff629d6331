package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Quantities as whole numbers, rounded up, for sums and comparisons. An absent one is zero.
public final class Quantities {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Quantities() {}

  /// In units: bytes, pieces.
  public static long whole(@Nullable Quantity quantity) {
    return quantity == null ? 0 : ceiling(quantity.getNumericalAmount());
  }

  /// In thousandths: `100m` of a core is 100.
  public static long milli(@Nullable Quantity quantity) {
    return quantity == null ? 0 : ceiling(quantity.getNumericalAmount().multiply(THOUSAND));
  }

  private static long ceiling(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.CEILING).min(MOST).longValueExact();
  }
}
