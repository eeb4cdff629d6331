/// Members of businesses: their roles, the bindings that give them rights, and what each may see.
@NullMarked
package io.ordinal.platform.members;

import org.jspecify.annotations.NullMarked;
