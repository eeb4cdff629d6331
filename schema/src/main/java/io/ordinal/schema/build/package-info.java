/// Runs while the module is built, and is left out of its jar: makes the resources that
/// [io.ordinal.schema.Schemas] reads.
@NullMarked
package io.ordinal.schema.build;

import org.jspecify.annotations.NullMarked;
