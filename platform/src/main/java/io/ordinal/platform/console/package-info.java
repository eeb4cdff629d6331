/// What a browser meets: the guard at the door, the files, the own endpoints.
@NullMarked
package io.ordinal.platform.console;

import org.jspecify.annotations.NullMarked;
