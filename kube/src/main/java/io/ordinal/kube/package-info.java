/// Life on top of a Kubernetes client: informers, work queues, controllers.
@NullMarked
package io.ordinal.kube;

import org.jspecify.annotations.NullMarked;
