package io.ordinal.platform.why.rules;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// One thing that can keep a StatefulSet from having all its pods ready.
interface SetRule {
  Stream<Finding> judge(SetView set);
}
