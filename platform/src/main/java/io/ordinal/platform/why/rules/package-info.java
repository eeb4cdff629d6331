/// Why a pod, claim or StatefulSet is not ready: one rule a small class, causes first.
@NullMarked
package io.ordinal.platform.why.rules;

import org.jspecify.annotations.NullMarked;
