package io.ordinal.platform.why.rules;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// One thing that can keep a claim from its volume.
interface ClaimRule {
  Stream<Finding> judge(Scene scene, Thing claim);
}
