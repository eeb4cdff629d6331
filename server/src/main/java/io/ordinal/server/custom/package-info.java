/// CustomResourceDefinitions: kinds that users define, and the objects of those kinds.
@NullMarked
package io.ordinal.server.custom;

import org.jspecify.annotations.NullMarked;
