package io.ordinal.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/// What an unquoted YAML scalar means.
final class PlainScalar {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUES =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSES =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Pattern INTEGER =
      Pattern.compile("[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

  private PlainScalar() {}

  static void write(String text, JsonGenerator json) {
    if (NULLS.contains(text)) {
      json.writeNull();
    } else if (TRUES.contains(text)) {
      json.writeBoolean(true);
    } else if (FALSES.contains(text)) {
      json.writeBoolean(false);
    } else if (mayBeNumber(text) && INTEGER.matcher(text).matches()) {
      json.writeNumber(integer(text.replace("_", "")));
    } else if (mayBeNumber(text) && DECIMAL.matcher(text).matches()) {
      json.writeNumber(new BigDecimal(text));
    } else {
      json.writeString(text);
    }
  }

  /// Whether a reader might take the text for something else than a string.
  static boolean isString(String text) {
    return !NULLS.contains(text)
        && !TRUES.contains(text)
        && !FALSES.contains(text)
        && !(mayBeNumber(text) && text.length() < 100);
  }

  private static boolean mayBeNumber(String text) {
    char first = text.charAt(0);
    return text.length() <= 100
        && ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.');
  }

  private static BigInteger integer(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = signed ? text.substring(1) : text;
    BigInteger number = unsigned(digits);
    return text.startsWith("-") ? number.negate() : number;
  }

  private static BigInteger unsigned(String digits) {
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    }
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    }
    if (digits.startsWith("0o")) {
      return new BigInteger(digits.substring(2), 8);
    }
    boolean octal = digits.length() > 1 && digits.startsWith("0");
    return new BigInteger(digits, octal ? 8 : 10);
  }
}
