package io.ordinal.server.kinds;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import java.util.List;
import java.util.Set;

/// A kind that differs from others only in its traits and its table.
record PlainStrategy(Set<Trait> traits, List<TableColumn> columns) implements Strategy {

  static PlainStrategy of(TableColumn... columns) {
    return new PlainStrategy(Set.of(), List.of(columns));
  }

  PlainStrategy with(Trait... some) {
    return new PlainStrategy(Set.of(some), columns);
  }
}
