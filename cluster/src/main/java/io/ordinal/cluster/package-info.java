/// Assembly: configuration, the order of starting and stopping, what lies in the data folder.
@NullMarked
package io.ordinal.cluster;

import org.jspecify.annotations.NullMarked;
