/// Roles and who has them: rules, the index of all bindings, what every cluster begins with.
@NullMarked
package io.ordinal.server.rbac;

import org.jspecify.annotations.NullMarked;
