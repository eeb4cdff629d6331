package io.ordinal.platform.why.rules;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// One thing that can keep a pod from being ready.
interface PodRule {
  Stream<Finding> judge(Scene scene, Thing pod);
}
