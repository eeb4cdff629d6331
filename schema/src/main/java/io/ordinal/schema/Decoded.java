package io.ordinal.schema;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// An object as it was sent, pruned and normalised.
///
/// @param tree `apiVersion`, `kind` and `metadata` come first, if they are there at all
/// @param problems `unknown field "spec.foo"`, `duplicate field "spec.replicas"`, in the order they
///   were met, at most 100
public record Decoded(ObjectNode tree, List<String> problems) {}
