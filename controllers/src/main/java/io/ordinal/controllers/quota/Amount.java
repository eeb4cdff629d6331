package io.ordinal.controllers.quota;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;

/// An exact quantity; a sum is written as the first that counted was, with binary suffixes or not.
record Amount(BigDecimal value, boolean binary) {
  static final Amount ZERO = new Amount(BigDecimal.ZERO, false);
  static final Amount ONE = new Amount(BigDecimal.ONE, false);
  private static final BigDecimal KI = BigDecimal.valueOf(1024);

  static Amount of(Quantity quantity) {
    String suffix = quantity.getFormat();
    return new Amount(quantity.getNumericalAmount(), suffix != null && suffix.endsWith("i"));
  }

  static Amount of(long number) {
    return new Amount(BigDecimal.valueOf(number), false);
  }

  Amount plus(Amount other) {
    return new Amount(value.add(other.value), value.signum() == 0 ? other.binary : binary);
  }

  Amount max(Amount other) {
    return value.compareTo(other.value) >= 0 ? this : other;
  }

  /// The server gives it the suffix that people expect.
  Quantity quantity() {
    boolean inKi = binary && value.signum() != 0 && value.remainder(KI).signum() == 0;
    return inKi
        ? new Quantity(value.divide(KI).toBigIntegerExact().toString(), "Ki")
        : new Quantity(value.stripTrailingZeros().toPlainString());
  }
}
