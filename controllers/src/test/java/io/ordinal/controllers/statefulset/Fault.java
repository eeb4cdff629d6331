package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Lets a call of the controller fail.
final class Fault {
  private int left;
  private boolean hit;

  private Fault(int times) {
    this.left = times;
  }

  static Fault once(World world, String verb, Class<?> type, int code) {
    return times(1, world, verb, type, code);
  }

  static Fault times(int times, World world, String verb, Class<?> type, int code) {
    var fault = new Fault(times);
    world.gate((asked, object) -> fault.check(verb, type, code, asked, object));
    return fault;
  }

  boolean hit() {
    return hit;
  }

  private void check(String verb, Class<?> type, int code, String asked, HasMetadata object) {
    if (left == 0 || !verb.equals(asked) || !type.isInstance(object)) return;
    left--;
    hit = true;
    throw World.refusal(code, code == 409 ? "Conflict" : "InternalError", "it did not work");
  }
}
