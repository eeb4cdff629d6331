/// Where the platform keeps what it must remember: Secrets of one namespace of the hub cluster.
@NullMarked
package io.ordinal.platform.records;

import org.jspecify.annotations.NullMarked;
