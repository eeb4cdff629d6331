package io.ordinal.schema;

/// One field of an [ObjectType].
///
/// @param name as in JSON
/// @param required listed as required by the published schema
/// @param keepsZero a present zero (0, false, "") means something else than an absent field:
///   upstream declares a pointer, or always writes the field
/// @param merging how patches meet here
public record Field(
    String name, FieldType type, boolean required, boolean keepsZero, Merging merging) {}
