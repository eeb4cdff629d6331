package io.ordinal.server.registry;

import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.Names;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What one kind does differently from all others. The generic registry asks in the order in which
/// the methods stand here; a kind without rules of its own is [#PLAIN]. Objects are handed over to
/// be changed in place, `old` never is.
public interface Strategy {
  /// A kind without rules of its own.
  Strategy PLAIN = new Strategy() {};

  /// What holds for the kind in the generic rules.
  default Set<Trait> traits() {
    return Set.of();
  }

  /// What answers all calls, for a kind whose objects are not stored.
  default Optional<Subresource.Handler> handler() {
    return Optional.empty();
  }

  /// How objects lie in the store, where that differs from how this kind shows them.
  default Optional<Conversion> conversion() {
    return Optional.empty();
  }

  /// The type of the objects, where it is not built in.
  default Optional<CustomType> customType() {
    return Optional.empty();
  }

  /// Whether the name has the form that the kind asks for; what is wrong with it, or empty.
  default String checkName(String name) {
    return Names.isSubdomain(name) ? "" : Names.SUBDOMAIN_RULE;
  }

  /// Makes of a new object what the server wants of it, before admission sees it: wipes what only
  /// the server writes.
  default void prepareNew(ObjectNode object) {
    object.remove("status");
  }

  /// The same for a changed object: what the main endpoint may not change comes from `old`.
  default void prepareChange(ObjectNode object, ObjectNode old) {}

  /// The same for a write of `/status`, whose spec is the old one already.
  default void prepareStatus(ObjectNode object, ObjectNode old) {}

  /// Fills in what the user left out.
  default void defaults(ObjectNode object) {}

  /// What is wrong with an object that was just defaulted; `old` is null when it is new. Metadata
  /// is checked already.
  default void validate(ObjectNode object, @Nullable ObjectNode old, FieldErrors errors) {}

  /// What is wrong with a status.
  default void validateStatus(ObjectNode object, ObjectNode old, FieldErrors errors) {}

  /// What a client should hear though it is no error.
  default List<String> warnings(ObjectNode object) {
    return List.of();
  }

  /// Hands out what only one object may have, into the object; throws when it cannot. With a dry
  /// run nothing stays taken.
  default Reservation allocate(ObjectNode object, @Nullable ObjectNode old, boolean dryRun) {
    return Reservation.NOTHING;
  }

  /// Takes back what a removed object had.
  default void released(ObjectNode last) {}

  /// One of the objects was stored or removed: the moment for what must follow from it at once. It
  /// is no part of the write, which has happened.
  default void written() {}

  /// How many seconds the object lives on when it is deleted; empty for kinds that go at once.
  default OptionalLong gracePeriod(ObjectNode object, OptionalLong asked) {
    return OptionalLong.empty();
  }

  /// Whether something beside `metadata.finalizers` keeps a deleted object alive.
  default boolean heldBack(ObjectNode object) {
    return false;
  }

  /// Notes that the object is being deleted, beside the metadata.
  default void markDeleting(ObjectNode object, Instant now) {}

  /// The fields that selectors may use beside name and namespace.
  default Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of();
  }

  /// The columns of the kind's table.
  default List<TableColumn> columns() {
    return List.of(TableColumn.NAME, TableColumn.CREATED_AT);
  }

  /// The conditions of its row in the table.
  default List<JsonNode> rowConditions(ObjectNode object) {
    return List.of();
  }

  /// A selectable field that is the text at a path.
  static Function<ObjectNode, String> textAt(String... path) {
    return object -> Tree.text(object, path);
  }
}
