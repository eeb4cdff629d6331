package io.ordinal.server.registry;

import java.util.List;

/// What came of a write: the object as the store has it, or would have it after a dry run.
///
/// @param json in the stored form
/// @param warnings what admission has to say about it
record Written(byte[] json, boolean created, List<String> warnings) {

  Written(byte[] json, boolean created) {
    this(json, created, List.of());
  }

  Written with(List<String> more) {
    return more.isEmpty() ? this : new Written(json, created, more);
  }
}
