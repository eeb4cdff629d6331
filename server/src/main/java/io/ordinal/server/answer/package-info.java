/// From the registry's answers to responses: JSON, YAML, tables, partial objects, watch streams.
@NullMarked
package io.ordinal.server.answer;

import org.jspecify.annotations.NullMarked;
