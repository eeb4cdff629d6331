package io.ordinal.controllers.statefulset;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets several things be tried one after the other, whatever becomes of those before, and then
/// fails with the first failure, the others attached.
final class FirstFailure {
  private @Nullable RuntimeException first;

  void note(Optional<RuntimeException> failure) {
    failure.ifPresent(this::note);
  }

  void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      note(e);
    }
  }

  void rethrow() {
    if (first != null) throw first;
  }

  private void note(RuntimeException e) {
    if (first == null) first = e;
    else first.addSuppressed(e);
  }
}
