package io.ordinal.server.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Adds to objects, or refuses them, by rules that look beyond the object itself. Refusals are
/// thrown as [io.ordinal.server.ApiException].
public interface Admission {
  /// Changes an object that is created or updated, before it is defaulted and validated.
  default void mutate(Attributes about, ObjectNode object, @Nullable ObjectNode old) {}

  /// Refuses an object that is valid otherwise; `object` is null when `old` is to be deleted.
  default void validate(Attributes about, @Nullable ObjectNode object, @Nullable ObjectNode old) {}

  /// One after the other.
  static Admission chain(List<Admission> links) {
    var chain = List.copyOf(links);
    return new Admission() {
      @Override
      public void mutate(Attributes about, ObjectNode object, @Nullable ObjectNode old) {
        for (var link : chain) link.mutate(about, object, old);
      }

      @Override
      public void validate(
          Attributes about, @Nullable ObjectNode object, @Nullable ObjectNode old) {
        for (var link : chain) link.validate(about, object, old);
      }
    };
  }
}
