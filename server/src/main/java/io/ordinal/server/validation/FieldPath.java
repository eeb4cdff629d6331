package io.ordinal.server.validation;

/// Where in an object something is: `spec.containers[0].name`, `metadata.annotations[a/b]`.
public record FieldPath(String text) {
  public static final FieldPath METADATA = of("metadata");
  public static final FieldPath SPEC = of("spec");
  public static final FieldPath STATUS = of("status");

  public static FieldPath of(String first, String... more) {
    var path = new FieldPath(first);
    for (var name : more) path = path.child(name);
    return path;
  }

  public FieldPath child(String name) {
    return new FieldPath(text.isEmpty() ? name : text + "." + name);
  }

  public FieldPath index(int index) {
    return new FieldPath(text + "[" + index + "]");
  }

  public FieldPath key(String key) {
    return new FieldPath(text + "[" + key + "]");
  }

  @Override
  public String toString() {
    return text;
  }
}
