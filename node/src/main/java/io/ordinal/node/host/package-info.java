/// What this machine gives to a pod: folders, files, environment, rights, cgroups.
@NullMarked
package io.ordinal.node.host;

import org.jspecify.annotations.NullMarked;
