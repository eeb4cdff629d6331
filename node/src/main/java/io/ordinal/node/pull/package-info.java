/// Images: when they are pulled, with which secrets, and when they are removed.
@NullMarked
package io.ordinal.node.pull;

import org.jspecify.annotations.NullMarked;
