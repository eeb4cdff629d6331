/// The `ordinal` command line: one class a command, one line an error, exit codes as
/// docs/operating.md lists them.
@NullMarked
package io.ordinal.cluster.cli;

import org.jspecify.annotations.NullMarked;
