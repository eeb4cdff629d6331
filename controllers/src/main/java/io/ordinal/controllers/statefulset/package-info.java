/// StatefulSets: pods with names, claims and an order.
@NullMarked
package io.ordinal.controllers.statefulset;

import org.jspecify.annotations.NullMarked;
