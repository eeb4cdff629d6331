package io.ordinal.node.machine;

/// What one look at the machine found.
///
/// @param ok whether it is there
/// @param what was looked for, in a few words
/// @param mend the command or step that mends it, `""` when there is nothing to mend
public record Finding(boolean ok, String what, String mend) {}
