package io.ordinal.server.registry;

/// What came of a write: the object as the store has it, or would have it after a dry run.
///
/// @param json in the stored form
record Written(byte[] json, boolean created) {}
