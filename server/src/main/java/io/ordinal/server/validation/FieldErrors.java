package io.ordinal.server.validation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// Collects what is wrong with an object, in the order of finding, worded as Kubernetes words it.
public final class FieldErrors {
  private final List<FieldError> errors = new ArrayList<>();

  public void required(FieldPath path, String detail) {
    add(FieldError.Type.REQUIRED, path, "", detail);
  }

  public void forbidden(FieldPath path, String detail) {
    add(FieldError.Type.FORBIDDEN, path, "", detail);
  }

  /// A value that cannot stand; `value` is a text, a number, a flag, a tree or null.
  public void invalid(FieldPath path, @Nullable Object value, String detail) {
    add(FieldError.Type.INVALID, path, show(value), detail);
  }

  public void typeInvalid(FieldPath path, @Nullable Object value, String detail) {
    add(FieldError.Type.TYPE_INVALID, path, show(value), detail);
  }

  public void unsupported(FieldPath path, @Nullable Object value, Collection<String> supported) {
    var quoted =
        supported.stream().sorted().map(FieldErrors::quote).collect(Collectors.joining(", "));
    add(
        FieldError.Type.UNSUPPORTED,
        path,
        show(value),
        supported.isEmpty() ? "" : "supported values: " + quoted);
  }

  public void duplicate(FieldPath path, @Nullable Object value) {
    add(FieldError.Type.DUPLICATE, path, show(value), "");
  }

  public void notFound(FieldPath path, @Nullable Object value) {
    add(FieldError.Type.NOT_FOUND, path, show(value), "");
  }

  public void tooLong(FieldPath path, int bytes) {
    add(FieldError.Type.TOO_LONG, path, "", "may not be more than " + bytes + " bytes");
  }

  public void tooMany(FieldPath path, int count, int most) {
    add(
        FieldError.Type.TOO_MANY,
        path,
        Integer.toString(count),
        "must have at most " + most + " items");
  }

  private void add(FieldError.Type type, FieldPath path, String value, String detail) {
    var body = new StringBuilder(type.text());
    if (!value.isEmpty()) body.append(": ").append(value);
    if (!detail.isEmpty()) body.append(": ").append(detail);
    errors.add(new FieldError(type, path, body.toString()));
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public List<FieldError> all() {
    return List.copyOf(errors);
  }

  /// All of it in one sentence, as a Status' message has it.
  public String message() {
    if (errors.size() == 1) return errors.getFirst().toString();
    return errors.stream().map(FieldError::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String show(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> quote(text);
      case StringNode text -> quote(text.stringValue());
      case JsonNode tree -> tree.toString();
      default -> value.toString();
    };
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
