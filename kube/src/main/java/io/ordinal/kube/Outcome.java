package io.ordinal.kube;

import java.time.Instant;

/// How a look at a key ended: nothing more to do until something changes, or something to look at
/// later.
public sealed interface Outcome {
  Outcome DONE = new Done();

  record Done() implements Outcome {}

  record LookAgainAt(Instant time) implements Outcome {}
}
