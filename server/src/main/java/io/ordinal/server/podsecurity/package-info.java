/// The Pod Security Standards: what pods may ask of their node, by the labels of their namespace.
@NullMarked
package io.ordinal.server.podsecurity;

import org.jspecify.annotations.NullMarked;
