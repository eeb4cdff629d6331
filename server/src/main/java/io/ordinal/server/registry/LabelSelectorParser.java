package io.ordinal.server.registry;

import io.ordinal.server.registry.LabelSelector.Operator;
import io.ordinal.server.registry.LabelSelector.Requirement;
import io.ordinal.server.validation.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads the `labelSelector` query parameter: `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`.
final class LabelSelectorParser {
  private final String text;
  private int at;

  private LabelSelectorParser(String text) {
    this.text = text;
  }

  /// Throws IllegalArgumentException with a message for the user.
  static LabelSelector parse(String text) {
    if (text.isBlank()) return LabelSelector.EVERYTHING;
    var requirements = new LabelSelectorParser(text).requirements();
    requirements.sort(Comparator.comparing(Requirement::key));
    return new LabelSelector(List.copyOf(requirements));
  }

  private List<Requirement> requirements() {
    var requirements = new ArrayList<Requirement>();
    do {
      requirements.add(requirement());
      skipSpaces();
    } while (took(","));
    if (at < text.length())
      throw wrong("found '" + text.substring(at) + "', expected: ',' or 'end of string'");
    return requirements;
  }

  private Requirement requirement() {
    skipSpaces();
    var absent = took("!");
    var key = word();
    if (key.isEmpty())
      throw wrong(
          "found '" + text.substring(at) + "', expected: !, identifier, or 'end of string'");
    checkKey(key);
    skipSpaces();
    if (absent) return new Requirement(key, Operator.DOES_NOT_EXIST, Set.of());
    if (took("==") || took("=")) return new Requirement(key, Operator.EQUALS, Set.of(value()));
    if (took("!=")) return new Requirement(key, Operator.NOT_EQUALS, Set.of(value()));
    if (took(">")) return new Requirement(key, Operator.GREATER_THAN, Set.of(integer()));
    if (took("<")) return new Requirement(key, Operator.LESS_THAN, Set.of(integer()));
    if (at == text.length() || text.charAt(at) == ',')
      return new Requirement(key, Operator.EXISTS, Set.of());
    return switch (word()) {
      case "in" -> new Requirement(key, Operator.IN, values());
      case "notin" -> new Requirement(key, Operator.NOT_IN, values());
      case String found ->
          throw wrong("found '" + found + "', expected: in, notin, =, ==, !=, gt, lt");
    };
  }

  private Set<String> values() {
    skipSpaces();
    if (!took("(")) throw wrong("found '" + text.substring(at) + "', expected: '('");
    var values = new LinkedHashSet<String>();
    do {
      values.add(value());
      skipSpaces();
    } while (took(","));
    if (!took(")")) throw wrong("found '" + text.substring(at) + "', expected: ',', or ')'");
    return values;
  }

  private String value() {
    skipSpaces();
    var value = word();
    if (!Names.isLabelValue(value)) throw wrong("invalid label value: \"" + value + "\"");
    return value;
  }

  private String integer() {
    var value = value();
    try {
      Long.parseLong(value);
      return value;
    } catch (NumberFormatException e) {
      throw wrong("for 'Gt', 'Lt' operators, the value must be an integer");
    }
  }

  private void checkKey(String key) {
    if (!Names.isQualified(key)) throw wrong("invalid label key \"" + key + "\"");
  }

  private String word() {
    var start = at;
    while (at < text.length() && " \t,=!()<>".indexOf(text.charAt(at)) < 0) at++;
    return text.substring(start, at);
  }

  private boolean took(String token) {
    if (!text.startsWith(token, at)) return false;
    at += token.length();
    return true;
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
  }

  private static IllegalArgumentException wrong(String message) {
    return new IllegalArgumentException("unable to parse requirement: " + message);
  }
}
