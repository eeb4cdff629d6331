package io.ordinal.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// A Kubernetes quantity: `500m`, `1Gi`, `12e6`. Fractions finer than a billionth are rounded away
/// from zero, as upstream does (contract K).
public final class Quantity implements Comparable<Quantity> {

  /// Nothing at all.
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

  private enum Format {
    DECIMAL_SI,
    DECIMAL_EXPONENT,
    BINARY_SI
  }

  private static final String NOT_A_QUANTITY =
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  private static final BigDecimal KI = BigDecimal.valueOf(1024);
  private static final BigInteger BIG_KI = BigInteger.valueOf(1024);
  private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
  private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  private static final BigDecimal MAX_BINARY = new BigDecimal("9223372036854775807");

  private final BigDecimal value;
  private final Format format;

  private Quantity(BigDecimal value, Format format) {
    this.value = value;
    this.format = format;
  }

  /// Parses what a manifest may contain.
  ///
  /// @throws NumberFormatException worded as upstream words it
  public static Quantity parse(String text) {
    int end = numberEnd(text);
    if (end == 0 || !hasDigit(text, end)) {
      throw new NumberFormatException(NOT_A_QUANTITY);
    }
    String suffix = text.substring(end);
    BigDecimal number = number(text.substring(0, end));
    for (int i = 0; i < DECIMAL.length; i++) {
      if (DECIMAL[i].equals(suffix)) {
        return rounded(number.scaleByPowerOfTen(3 * (i - 3)), Format.DECIMAL_SI);
      }
    }
    for (int i = 1; i < BINARY.length; i++) {
      if (BINARY[i].equals(suffix)) {
        return rounded(number.multiply(KI.pow(i)), Format.BINARY_SI);
      }
    }
    return rounded(number.scaleByPowerOfTen(exponent(suffix)), Format.DECIMAL_EXPONENT);
  }

  /// The amount in whole units: bytes, cores.
  public static Quantity of(long value) {
    return new Quantity(BigDecimal.valueOf(value), Format.DECIMAL_SI);
  }

  /// The amount in thousandths: millicores.
  public static Quantity ofMillis(long millis) {
    return new Quantity(BigDecimal.valueOf(millis, 3), Format.DECIMAL_SI);
  }

  /// The amount in bytes, written with binary suffixes.
  public static Quantity ofBytes(long bytes) {
    return new Quantity(BigDecimal.valueOf(bytes), Format.BINARY_SI);
  }

  /// The exact amount.
  public BigDecimal value() {
    return value;
  }

  /// In whole units, rounded up; at most what a long holds.
  public long ceiling() {
    return clamp(value.setScale(0, RoundingMode.CEILING));
  }

  /// In thousandths, rounded up; at most what a long holds.
  public long ceilingMillis() {
    return clamp(value.movePointRight(3).setScale(0, RoundingMode.CEILING));
  }

  /// Less than, equal to or more than nothing: -1, 0, 1.
  public int signum() {
    return value.signum();
  }

  /// The sum, written as this one is.
  public Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value), signum() == 0 ? other.format : format);
  }

  /// The difference, written as this one is.
  public Quantity minus(Quantity other) {
    return new Quantity(value.subtract(other.value), signum() == 0 ? other.format : format);
  }

  /// The form in which it is stored and shown: no fraction, the largest suffix that allows it.
  public String canonical() {
    if (value.signum() == 0) {
      return "0";
    }
    return switch (format) {
      case BINARY_SI -> isBinary() ? binary() : decimal(Format.DECIMAL_SI);
      case DECIMAL_SI, DECIMAL_EXPONENT -> decimal(format);
    };
  }

  /// By amount: `1000m` and `1` are the same.
  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity quantity && compareTo(quantity) == 0;
  }

  @Override
  public int hashCode() {
    return value.stripTrailingZeros().hashCode();
  }

  @Override
  public String toString() {
    return canonical();
  }

  private static int numberEnd(String text) {
    int i = !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-') ? 1 : 0;
    int dots = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && dots++ == 0) {
        continue;
      }
      if (c < '0' || c > '9') {
        break;
      }
    }
    return i;
  }

  private static boolean hasDigit(String text, int end) {
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        return true;
      }
    }
    return false;
  }

  private static BigDecimal number(String digits) {
    if (digits.length() > 1000) {
      throw new NumberFormatException(NOT_A_QUANTITY);
    }
    return new BigDecimal(digits);
  }

  private static int exponent(String suffix) {
    boolean marked = suffix.length() > 1 && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E');
    if (!marked || suffix.length() > 5) {
      throw new NumberFormatException(unknownSuffix(suffix));
    }
    try {
      return Integer.parseInt(suffix, 1, suffix.length(), 10);
    } catch (NumberFormatException e) {
      throw new NumberFormatException(unknownSuffix(suffix));
    }
  }

  private static String unknownSuffix(String suffix) {
    for (int i = 0; i < suffix.length(); i++) {
      if ("eEinumkKMGTP+-0123456789".indexOf(suffix.charAt(i)) < 0) {
        return NOT_A_QUANTITY;
      }
    }
    return "unable to parse quantity's suffix";
  }

  private static Quantity rounded(BigDecimal amount, Format format) {
    BigDecimal fine = amount.scale() > 9 ? amount.setScale(9, RoundingMode.UP) : amount;
    return new Quantity(fine.min(MAX_BINARY).max(MAX_BINARY.negate()), format);
  }

  private static long clamp(BigDecimal whole) {
    return whole.min(MAX_BINARY).max(MAX_BINARY.negate()).longValueExact();
  }

  /// Upstream writes binary suffixes only for 1024 and more, without a fraction.
  private boolean isBinary() {
    return value.abs().compareTo(KI) >= 0 && value.stripTrailingZeros().scale() <= 0;
  }

  private String binary() {
    BigInteger number = value.toBigIntegerExact();
    int power = 0;
    while (power < BINARY.length - 1 && number.mod(BIG_KI).signum() == 0) {
      number = number.divide(BIG_KI);
      power++;
    }
    return number + BINARY[power];
  }

  private String decimal(Format written) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
    BigInteger number = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact();
    if (written == Format.DECIMAL_EXPONENT) {
      return exponent == 0 ? number.toString() : number + "e" + exponent;
    }
    int power = Math.min(exponent / 3, DECIMAL.length - 4);
    return stripped.scaleByPowerOfTen(-3 * power).toBigIntegerExact() + DECIMAL[power + 3];
  }
}
