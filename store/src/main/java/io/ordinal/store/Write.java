package io.ordinal.store;

/// What a caller wants changed.
///
/// @param value what the key holds then; for a deletion, what watchers see last
record Write(String key, Value value, Expect expect, boolean deletes) {

  static Write put(String key, Value value, Expect expect) {
    return new Write(key, value, expect, false);
  }

  static Write delete(String key, Value last, Expect expect) {
    return new Write(key, last, expect, true);
  }
}
