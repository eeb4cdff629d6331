package io.ordinal.server.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What values some fields of an object must have: `spec.nodeName=a,status.phase!=Running`.
public record FieldSelector(List<Term> terms) {
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  /// One condition on one field.
  public record Term(String field, boolean equal, String value) {}

  /// Throws IllegalArgumentException with a message for the user.
  public static FieldSelector parse(String text) {
    if (text.isBlank()) return EVERYTHING;
    var terms = new ArrayList<Term>();
    for (var part : split(text)) {
      if (!part.isEmpty()) terms.add(term(part));
    }
    return new FieldSelector(List.copyOf(terms));
  }

  private static Term term(String part) {
    for (var i = 0; i < part.length(); i++) {
      if (part.startsWith("!=", i)) return term(part, i, 2, false);
      if (part.startsWith("==", i)) return term(part, i, 2, true);
      if (part.charAt(i) == '=') return term(part, i, 1, true);
    }
    throw new IllegalArgumentException(
        "invalid field selector: \"" + part + "\"; can't understand '" + part + "'");
  }

  private static Term term(String part, int at, int length, boolean equal) {
    return new Term(part.substring(0, at).strip(), equal, unescape(part.substring(at + length)));
  }

  /// Splits at commas that have no backslash before them.
  private static List<String> split(String text) {
    var parts = new ArrayList<String>();
    var start = 0;
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') i++;
      else if (text.charAt(i) == ',') {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String unescape(String value) {
    if (value.indexOf('\\') < 0) return value.strip();
    var plain = new StringBuilder();
    for (var i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '\\' && i + 1 < value.length()) i++;
      plain.append(value.charAt(i));
    }
    return plain.toString();
  }

  public boolean isEverything() {
    return terms.isEmpty();
  }

  /// The one value that a field must have, if the selector says so.
  public Optional<String> required(String field) {
    for (var term : terms) {
      if (term.equal() && term.field().equals(field)) return Optional.of(term.value());
    }
    return Optional.empty();
  }

  /// Whether all terms hold for the values that `fields` reads.
  public boolean matches(UnaryOperator<String> fields) {
    for (var term : terms) {
      if (fields.apply(term.field()).equals(term.value()) != term.equal()) return false;
    }
    return true;
  }
}
