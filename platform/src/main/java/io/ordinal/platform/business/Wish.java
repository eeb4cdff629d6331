package io.ordinal.platform.business;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/// What a namespace asks its business for.
///
/// @param namespace its name in its cluster
/// @param used what it uses already
record Wish(String namespace, Map<String, Quantity> hard, Map<String, Quantity> used) {}
