/// Local users: names, passwords, and the patience that guessing takes.
@NullMarked
package io.ordinal.platform.users;

import org.jspecify.annotations.NullMarked;
