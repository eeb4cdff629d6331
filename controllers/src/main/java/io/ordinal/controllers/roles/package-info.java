/// ClusterRoles that gather the rules of others.
@NullMarked
package io.ordinal.controllers.roles;

import org.jspecify.annotations.NullMarked;
