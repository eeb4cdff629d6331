/// What can be known about the objects of a cluster, and the words for what is wrong with them.
@NullMarked
package io.ordinal.platform.why.facts;

import org.jspecify.annotations.NullMarked;
