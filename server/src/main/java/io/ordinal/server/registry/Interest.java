package io.ordinal.server.registry;

/// What a list or a watch selects, prepared for being asked about one object after the other.
///
/// @param prefix of the keys that it is about
/// @param byKey whether the key alone decides, so that no object has to be looked into
record Interest(Selection selection, String prefix, boolean byKey) {

  static Interest of(Selection selection) {
    return new Interest(
        selection, selection.kind().prefix(selection.namespace()), selection.isDecidedByKey());
  }

  /// Whether the key does not rule an object out.
  boolean matchesKey(String key) {
    return key.startsWith(prefix) && selection.matchesName(key);
  }

  boolean matches(String key, Selectable object) {
    return selection.fields().matches(field -> value(key, object, field))
        && (selection.labels().isEverything() || selection.labels().matches(object.labels()));
  }

  private String value(String key, Selectable object, String field) {
    return Selection.fromKey(selection.kind(), key, field).orElseGet(() -> object.field(field));
  }
}
