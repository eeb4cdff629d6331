package io.ordinal.cluster;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// What a cluster takes its time and its chance from, and whether it runs by itself.
///
/// @param wall gives the times that objects carry; somebody may set it
/// @param steady measures how long things take; never jumps
/// @param stepped nothing has a thread of its own: somebody steps
public record Timing(Clock wall, Clock steady, RandomGenerator random, boolean stepped) {

  /// Real time, real chance, real threads.
  public static Timing real() {
    var wall = Clock.systemUTC();
    return new Timing(wall, new SteadyClock(wall), new SecureRandom(), false);
  }
}
