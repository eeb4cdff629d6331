package io.ordinal.kube;

import java.util.Optional;

/// An object and, where its informer was asked to keep it, the JSON as the server sent it. Both are
/// shared with every other reader: never modified.
public record Cached<T>(T object, Optional<Json> json) {
  public Cached(T object) {
    this(object, Optional.empty());
  }
}
