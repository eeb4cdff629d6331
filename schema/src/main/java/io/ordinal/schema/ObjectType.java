package io.ordinal.schema;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A type with named fields.
public final class ObjectType {
  private final String name;
  private final Map<String, Field> fields;

  private final Merging.MapType mapType;
  private final @Nullable Lazy<StructuralSchema> structural;

  ObjectType(String name, Map<String, Field> fields, Merging.MapType mapType) {
    this(name, fields, mapType, null);
  }

  private ObjectType(
      String name,
      Map<String, Field> fields,
      Merging.MapType mapType,
      @Nullable Lazy<StructuralSchema> structural) {
    this.name = name;
    this.fields = Collections.unmodifiableMap(fields);
    this.mapType = mapType;
    this.structural = structural;
  }

  /// The type of a custom resource: its head is as all objects have it, the rest is as its
  /// structural schema says, which is taken apart when first needed.
  static ObjectType structural(String name, Map<String, Field> head, Lazy<StructuralSchema> rest) {
    return new ObjectType(name, head, Merging.MapType.UNSPECIFIED, rest);
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

  /// Of a custom resource, what its fields may hold; null for a type that is built in.
  public @Nullable StructuralSchema structural() {
    return structural == null ? null : structural.get();
  }

  /// What a field that is not among [#fields] may hold; null when it is not kept.
  @Nullable StructuralSchema structuralField(String fieldName) {
    StructuralSchema schema = structural();
    return schema == null ? null : schema.field(fieldName);
  }

  /// Whether server-side apply sees it as a whole.
  public Merging.MapType mapType() {
    return mapType;
  }

  /// As Go code names it, in messages: `v1.PodSpec`.
  String goName() {
    String beforeName = name.substring(0, name.lastIndexOf('.'));
    return beforeName.substring(beforeName.lastIndexOf('.') + 1) + "." + simpleName();
  }

  @Override
  public String toString() {
    return name;
  }
}
