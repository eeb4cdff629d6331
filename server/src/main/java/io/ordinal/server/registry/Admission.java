package io.ordinal.server.registry;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Adds to objects, or refuses them, by rules that look beyond the object itself. Refusals are
/// thrown as [io.ordinal.server.ApiException].
public interface Admission {
  /// Changes an object that is created or updated, before it is defaulted and validated.
  default void mutate(Attributes about, ObjectNode object, @Nullable ObjectNode old) {}

  /// Refuses an object that is valid otherwise; `object` is null when `old` is to be deleted.
  default void validate(Attributes about, @Nullable ObjectNode object, @Nullable ObjectNode old) {}

  /// What a client should hear about a write that is let in.
  default List<String> warnings(Attributes about, ObjectNode object, @Nullable ObjectNode old) {
    return List.of();
  }

  /// Takes, from what there is in all, what an object uses that nothing else is wrong with: for as
  /// long as it is not stored. With a dry run nothing stays taken.
  default Reservation reserve(
      Attributes about, ObjectNode object, @Nullable ObjectNode old, boolean dryRun) {
    return Reservation.NOTHING;
  }

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

      @Override
      public List<String> warnings(Attributes about, ObjectNode object, @Nullable ObjectNode old) {
        var all = List.<String>of();
        for (var link : chain) {
          var more = link.warnings(about, object, old);
          if (!more.isEmpty()) all = Stream.concat(all.stream(), more.stream()).toList();
        }
        return all;
      }

      @Override
      public Reservation reserve(
          Attributes about, ObjectNode object, @Nullable ObjectNode old, boolean dryRun) {
        var taken = Reservation.NOTHING;
        for (var link : chain) taken = taken.and(() -> link.reserve(about, object, old, dryRun));
        return taken;
      }
    };
  }
}
