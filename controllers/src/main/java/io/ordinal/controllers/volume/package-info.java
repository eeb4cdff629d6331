/// Claims find volumes: matching, binding, provisioning of local directories, release, reclaim and
/// protection.
@NullMarked
package io.ordinal.controllers.volume;

import org.jspecify.annotations.NullMarked;
