package io.ordinal.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A type with named fields.
public final class ObjectType {
  private final String name;
  private final Map<String, Field> fields;

  ObjectType(String name, Map<String, Field> fields) {
    this.name = name;
    this.fields = fields;
  }

  /// The OpenAPI name: `io.k8s.api.apps.v1.StatefulSet`.
  public String name() {
    return name;
  }

  /// The last part of the name: `StatefulSet`.
  public String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /// By name, in alphabetical order.
  public Map<String, Field> fields() {
    return fields;
  }

  /// One of them, null when there is none of this name.
  public @Nullable Field field(String fieldName) {
    return fields.get(fieldName);
  }

  @Override
  public String toString() {
    return name;
  }
}
