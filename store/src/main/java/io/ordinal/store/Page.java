package io.ordinal.store;

import java.util.List;

/// Entries in the order of their keys.
///
/// @param revision what all of them are as of; the next page asks for the same
/// @param more whether entries follow behind the last one
/// @param remaining how many those are
public record Page(List<Entry> entries, long revision, boolean more, long remaining) {}
