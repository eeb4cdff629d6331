/// The cluster's DNS server: names of Services and pods from an index that informers keep, all
/// others forwarded.
@NullMarked
package io.ordinal.node.dns;

import org.jspecify.annotations.NullMarked;
