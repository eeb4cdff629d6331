/// The few ways in which controllers change objects at the API server.
@NullMarked
package io.ordinal.controllers.write;

import org.jspecify.annotations.NullMarked;
