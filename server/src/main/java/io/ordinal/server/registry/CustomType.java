package io.ordinal.server.registry;

import io.ordinal.schema.ObjectType;
import io.ordinal.schema.ServedResource;

/// The type of a kind that is not built in.
///
/// @param described what OpenAPI shows of it
public record CustomType(ObjectType type, ServedResource.Custom described) {}
