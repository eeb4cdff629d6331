package io.ordinal.schema;

import java.util.function.Supplier;

/// What a field may hold.
public sealed interface FieldType {

  /// A single value. The names are those of the wire, not of a language.
  enum Scalar implements FieldType {
    STRING,
    INT32,
    INT64,
    BOOL,
    DOUBLE,
    /// Kept in canonical form (see [Quantity]).
    QUANTITY,
    /// An int32 or a string: a port, a percentage.
    INT_OR_STRING,
    /// RFC 3339, seconds, UTC.
    TIME,
    /// RFC 3339, microseconds, UTC.
    MICRO_TIME,
    /// Base64 in JSON.
    BYTES,
    /// Any JSON, kept as it came.
    RAW
  }

  /// A list.
  record ListOf(FieldType item) implements FieldType {}

  /// A map with string keys.
  record MapOf(FieldType value) implements FieldType {}

  /// An object of a named type, which is parsed when first asked for.
  final class Ref implements FieldType {
    private final String name;
    private final Supplier<ObjectType> target;

    Ref(String name, Supplier<ObjectType> target) {
      this.name = name;
      this.target = target;
    }

    /// The OpenAPI name: `io.k8s.api.core.v1.PodSpec`.
    public String name() {
      return name;
    }

    /// The type itself.
    public ObjectType type() {
      return target.get();
    }

    @Override
    public String toString() {
      return "Ref[" + name + "]";
    }
  }
}
