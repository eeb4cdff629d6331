package io.ordinal.cluster;

/// Told line by line what a start-up has reached and what it waits for.
@FunctionalInterface
public interface Progress {

  /// One line, without an end of line.
  void say(String line);
}
