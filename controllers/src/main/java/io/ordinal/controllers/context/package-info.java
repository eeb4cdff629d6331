/// What controllers are made with: clients, informers, clocks, chance; and how they are run
/// together.
@NullMarked
package io.ordinal.controllers.context;

import org.jspecify.annotations.NullMarked;
