/// Volumes: what a pod's containers see of disks, memory and the API.
@NullMarked
package io.ordinal.node.volume;

import org.jspecify.annotations.NullMarked;
