/// What a namespace may use: limit ranges for each of its objects, quotas for all of them together.
@NullMarked
package io.ordinal.server.limits;

import org.jspecify.annotations.NullMarked;
