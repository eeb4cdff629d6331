/// Businesses as Kubernetes objects on the hub: what they may use of which clusters, and the
/// namespaces that are made of it.
@NullMarked
package io.ordinal.platform.business;

import org.jspecify.annotations.NullMarked;
