/// Images that need no registry: written here, loaded from a file, and marked as put on this
/// machine on purpose.
@NullMarked
package io.ordinal.node.images;

import org.jspecify.annotations.NullMarked;
