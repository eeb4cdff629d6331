package io.ordinal.server.registry;

import java.util.List;
import java.util.OptionalLong;

/// What the registry answers: encoded JSON that the pipeline wraps, prints as a table, or streams.
/// Refusals are thrown as [io.ordinal.server.ApiException].
public sealed interface Answer {
  /// Texts for `Warning` headers.
  List<String> warnings();

  /// One object or a Status.
  record One(int code, byte[] json, List<String> warnings) implements Answer {
    /// Without warnings.
    public One(int code, byte[] json) {
      this(code, json, List.of());
    }
  }

  /// A list: the stored bytes of its items, in order of their keys.
  ///
  /// @param kind of the list, for example `PodList`
  /// @param resourceVersion the revision that the list shows
  /// @param continueToken where the next page starts, "" on the last page
  /// @param remaining how many items follow, empty with selectors
  record Many(
      String apiVersion,
      String kind,
      long resourceVersion,
      String continueToken,
      OptionalLong remaining,
      List<byte[]> items)
      implements Answer {
    @Override
    public List<String> warnings() {
      return List.of();
    }
  }

  /// A watch. Whoever takes the answer closes the subscription.
  record Watching(Subscription subscription) implements Answer {
    @Override
    public List<String> warnings() {
      return List.of();
    }
  }
}
