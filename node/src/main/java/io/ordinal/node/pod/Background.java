package io.ordinal.node.pod;

import java.time.Duration;

/// How work that may take long is done: beside the pod's own thread, or at once in a simulation.
public interface Background {

  /// Starts the work; what is returned gives it up.
  Runnable launch(String name, Runnable work);

  /// Waits, for hooks of kind sleep.
  void pause(Duration time) throws InterruptedException;

  /// A virtual thread for each.
  Background THREADS =
      new Background() {
        @Override
        public Runnable launch(String name, Runnable work) {
          var thread = Thread.ofVirtual().name(name).start(work);
          return thread::interrupt;
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
          Thread.sleep(time);
        }
      };

  /// On the caller's thread, before it returns; nothing takes time.
  Background AT_ONCE =
      new Background() {
        @Override
        public Runnable launch(String name, Runnable work) {
          work.run();
          return () -> {};
        }

        @Override
        public void pause(Duration time) {}
      };
}
