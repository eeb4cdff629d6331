package io.ordinal.server.validation;

import io.ordinal.schema.Quantity;
import io.ordinal.server.tree.Tree;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The checks of single values that many kinds share. A path is that of the object which holds the
/// field.
final class Checks {
  static final String NOT_NEGATIVE = "must be greater than or equal to 0";
  static final String IP_RULE = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  static final String PERCENT_RULE =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
  private static final String NO_STEPS_UP = "must not contain '..'";
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
  private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]+");
  private static final Pattern CIDR = Pattern.compile("(.+)/([0-9]{1,3})");

  private Checks() {}

  /// The text of a field that must not be empty.
  static String required(
      @Nullable JsonNode holder, String field, FieldPath path, FieldErrors errors) {
    var text = Tree.text(holder, field);
    if (text.isEmpty()) errors.required(path.child(field), "");
    return text;
  }

  /// All of the fields must hold some text.
  static void allRequired(
      @Nullable JsonNode holder, List<String> fields, FieldPath path, FieldErrors errors) {
    for (var field : fields) required(holder, field, path, errors);
  }

  /// A text from a list; an empty one is none.
  static void oneOf(
      @Nullable JsonNode holder,
      String field,
      Collection<String> supported,
      FieldPath path,
      FieldErrors errors) {
    var text = Tree.text(holder, field);
    if (text.isEmpty() || supported.contains(text)) return;
    errors.unsupported(path.child(field), text, supported);
  }

  /// A text from a list that must be there.
  static void requiredOneOf(
      @Nullable JsonNode holder,
      String field,
      Collection<String> supported,
      FieldPath path,
      FieldErrors errors) {
    if (required(holder, field, path, errors).isEmpty()) return;
    oneOf(holder, field, supported, path, errors);
  }

  static void notNegative(
      @Nullable JsonNode holder, FieldPath path, FieldErrors errors, String... fields) {
    for (var field : fields) {
      var value = Tree.number(0, holder, field);
      if (value < 0) errors.invalid(path.child(field), value, NOT_NEGATIVE);
    }
  }

  /// A number between two others, if there is one.
  static void within(
      @Nullable JsonNode holder,
      String field,
      long least,
      long most,
      FieldPath path,
      FieldErrors errors) {
    if (!Tree.has(holder, field)) return;
    within(Tree.number(0, holder, field), least, most, path.child(field), errors);
  }

  /// A number between two others.
  static void within(long value, long least, long most, FieldPath path, FieldErrors errors) {
    if (value >= least && value <= most) return;
    errors.invalid(path, value, "must be between " + least + " and " + most + ", inclusive");
  }

  static void port(long value, FieldPath path, FieldErrors errors) {
    within(value, 1, HIGHEST_PORT, path, errors);
  }

  /// A port's number or its name.
  static void portOrName(@Nullable JsonNode value, FieldPath path, FieldErrors errors) {
    if (value == null) errors.invalid(path, 0, "must be between 1 and 65535, inclusive");
    else if (value.isNumber()) port(value.asLong(0), path, errors);
    else portName(value.asString(""), path, errors);
  }

  static void portName(String name, FieldPath path, FieldErrors errors) {
    if (name.length() > 15) errors.invalid(path, name, "must be no more than 15 bytes");
    if (!PORT_NAME.matcher(name).matches()) {
      errors.invalid(
          path, name, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    } else if (name.chars().noneMatch(Character::isLetter)) {
      errors.invalid(path, name, "must contain at least one letter (a-z)");
    }
    if (name.contains("--")) errors.invalid(path, name, "must not contain consecutive hyphens");
    if (name.startsWith("-") || name.endsWith("-")) {
      errors.invalid(path, name, "must not begin or end with a hyphen");
    }
  }

  /// A DNS label, as names of containers and volumes are.
  static void label(String name, FieldPath path, FieldErrors errors) {
    if (Names.isLabel(name)) return;
    errors.invalid(
        path, name, name.length() > 63 ? "must be no more than 63 bytes" : Names.LABEL_RULE);
  }

  /// A DNS subdomain, as names of most objects are.
  static void subdomain(String name, FieldPath path, FieldErrors errors) {
    if (Names.isSubdomain(name)) return;
    errors.invalid(
        path, name, name.length() > 253 ? "must be no more than 253 bytes" : Names.SUBDOMAIN_RULE);
  }

  /// The name of another object; an empty one is none.
  static void otherName(
      @Nullable JsonNode holder, String field, FieldPath path, FieldErrors errors) {
    var name = Tree.text(holder, field);
    if (!name.isEmpty()) subdomain(name, path.child(field), errors);
  }

  /// A label's key.
  static void qualified(String key, FieldPath path, FieldErrors errors) {
    if (!Names.isQualified(key)) errors.invalid(path, key, MetadataRules.QUALIFIED_RULE);
  }

  static void labelValue(String value, FieldPath path, FieldErrors errors) {
    if (value.length() > 63) errors.invalid(path, value, "must be no more than 63 bytes");
    else if (!Names.isLabelValue(value))
      errors.invalid(path, value, MetadataRules.LABEL_VALUE_RULE);
  }

  /// Labels that are asked for: a node selector, a service's selector.
  static void labels(Map<String, String> labels, FieldPath path, FieldErrors errors) {
    labels.forEach((key, value) -> {
      qualified(key, path, errors);
      labelValue(value, path, errors);
    });
  }

  /// The address that a text is, if it is one; nothing is looked up.
  static Optional<InetAddress> address(String text) {
    try {
      var literal = !text.isEmpty() && !text.startsWith("[") && !text.contains("%");
      return literal ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static void ip(String text, FieldPath path, FieldErrors errors) {
    var dots = text.chars().filter(c -> c == '.').count();
    var plausible = text.contains(":") || dots == 3;
    if (!plausible || address(text).isEmpty()) errors.invalid(path, text, IP_RULE);
  }

  static void cidr(String text, FieldPath path, FieldErrors errors) {
    var parts = CIDR.matcher(text);
    var bits =
        parts.matches()
            ? address(parts.group(1)).map(address -> address.getAddress().length * 8).orElse(-1)
            : -1;
    if (bits < 0 || Integer.parseInt(parts.group(2)) > bits) {
      errors.invalid(path, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
    }
  }

  static void noStepsUp(String file, FieldPath path, FieldErrors errors) {
    if (List.of(file.split("/", -1)).contains("..")) errors.invalid(path, file, NO_STEPS_UP);
  }

  /// A path below a volume.
  static void relative(String file, FieldPath path, FieldErrors errors) {
    if (file.startsWith("/")) errors.invalid(path, file, "must be a relative path");
    noStepsUp(file, path, errors);
  }

  /// A number or a percentage that is not negative and at most 100 %.
  static void numberOrPercent(JsonNode value, FieldPath path, FieldErrors errors) {
    if (value.isNumber()) {
      if (value.asLong(0) < 0) errors.invalid(path, value, NOT_NEGATIVE);
      return;
    }
    var text = value.asString("");
    if (!PERCENT.matcher(text).matches()) errors.invalid(path, text, PERCENT_RULE);
    else if (text.length() > 4 || Integer.parseInt(text, 0, text.length() - 1, 10) > 100) {
      errors.invalid(path, text, "must not be greater than 100%");
    }
  }

  /// The amount that a text is; the decoder has let nothing else through.
  static Quantity quantity(String text) {
    try {
      return Quantity.parse(text);
    } catch (NumberFormatException e) {
      return Quantity.ZERO;
    }
  }

  /// The names of the fields that are set, of those which exclude each other.
  static List<String> present(@Nullable ObjectNode holder, Collection<String> fields) {
    return fields.stream().filter(field -> Tree.has(holder, field)).toList();
  }
}
