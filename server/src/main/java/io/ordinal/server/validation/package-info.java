/// What a valid object is, field by field.
@NullMarked
package io.ordinal.server.validation;

import org.jspecify.annotations.NullMarked;
