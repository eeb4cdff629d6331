package io.ordinal.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/// The formats of texts that upstream checks. A format that is not known here allows everything, as
/// it does there.
final class Formats {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final String IPV4 = BYTE + "(\\." + BYTE + "){3}";
  private static final String HEX = "[0-9a-fA-F]";

  private static final Map<String, Pattern> PATTERNS =
      Map.ofEntries(
          entry(
              "hostname",
              "[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*"),
          entry("ipv4", IPV4),
          entry("email", "[^@\\s]+@[^@\\s]+"),
          entry("mac", HEX + "{2}([:-]" + HEX + "{2}){5}"),
          entry("uuid", uuid("[0-9a-fA-F]")),
          entry("uuid3", uuid("3")),
          entry("uuid4", uuid("4")),
          entry("uuid5", uuid("5")),
          entry("hexcolor", "#?(" + HEX + "{3}|" + HEX + "{6})"),
          entry("bsonobjectid", HEX + "{24}"),
          entry(
              "duration",
              "-?(\\d+(\\.\\d+)?\\s*(ns|us|µs|ms|s|m|h|d|w|sec|min|hour|hours|day|days|week|weeks))+|0"));

  private Formats() {}

  private static Map.Entry<String, Pattern> entry(String format, String pattern) {
    return Map.entry(format, Pattern.compile(pattern));
  }

  private static String uuid(String version) {
    return HEX + "{8}-?" + HEX + "{4}-?" + version + HEX + "{3}-?" + HEX + "{4}-?" + HEX + "{12}";
  }

  /// Whether a text has the format.
  static boolean fits(String format, String text, Looks looks) throws Looks.TooMany {
    Pattern pattern = PATTERNS.get(format);
    if (pattern != null) {
      return looks.match(pattern, text);
    }
    return switch (format) {
      case "date" -> parses(text, LocalDate::parse);
      case "date-time", "datetime" -> parses(text.replace(' ', 'T'), OffsetDateTime::parse);
      case "byte" -> isBase64(text);
      case "ipv6" -> isIpv6(text);
      case "cidr" -> isCidr(text);
      case "uri" -> text.startsWith("/") || text.matches("[a-zA-Z][-+.a-zA-Z0-9]*:\\S*");
      default -> true;
    };
  }

  private interface Parser {
    Object parse(String text);
  }

  private static boolean parses(String text, Parser parser) {
    try {
      return parser.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getMimeDecoder().decode(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Eight groups of hexadecimal digits, once shortened by `::`, the last two perhaps written as
  /// IPv4.
  private static boolean isIpv6(String text) {
    int dotted = text.lastIndexOf(':') + 1;
    String groups = text;
    if (text.indexOf('.') >= 0) {
      if (dotted == 0 || !text.substring(dotted).matches(IPV4)) {
        return false;
      }
      groups = text.substring(0, dotted) + "0:0";
    }
    int gap = groups.indexOf("::");
    if (gap < 0) {
      return count(groups) == 8;
    }
    int before = count(groups.substring(0, gap));
    int after = count(groups.substring(gap + 2));
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /// How many groups there are; -1 when one of them is none.
  private static int count(String groups) {
    if (groups.isEmpty()) {
      return 0;
    }
    String[] all = groups.split(":", -1);
    for (String group : all) {
      if (!group.matches(HEX + "{1,4}")) {
        return -1;
      }
    }
    return all.length;
  }

  private static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return false;
    }
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    return (address.matches(IPV4) && bits <= 32) || (isIpv6(address) && bits <= 128);
  }
}
