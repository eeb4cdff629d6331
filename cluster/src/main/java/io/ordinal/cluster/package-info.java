/// Assembly, configuration, certificates and the command line.
@NullMarked
package io.ordinal.cluster;

import org.jspecify.annotations.NullMarked;
