package io.ordinal.store;

import java.util.List;

/// What one commit makes durable, all of it or nothing.
///
/// @param changes with the next revisions, in order
/// @param compacted the compacted revision after this commit
/// @param forgotten revisions that need not be kept any longer
public record Batch(List<Change> changes, long compacted, List<Long> forgotten) {}
