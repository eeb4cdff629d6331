/// Which kinds of object a server has.
@NullMarked
package io.ordinal.controllers.discovery;

import org.jspecify.annotations.NullMarked;
