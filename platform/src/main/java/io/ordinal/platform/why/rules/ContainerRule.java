package io.ordinal.platform.why.rules;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// One thing that can keep a container from running or from being ready.
interface ContainerRule {
  Stream<Finding> judge(ContainerView container);
}
