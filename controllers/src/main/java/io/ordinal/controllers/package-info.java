/// Kubernetes' controllers and the scheduler.
@NullMarked
package io.ordinal.controllers;

import org.jspecify.annotations.NullMarked;
