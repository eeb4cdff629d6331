package io.ordinal.controllers.scheduler;

import java.util.List;

/// Why a node does not do for a pod.
///
/// @param reasons in the words that FailedScheduling counts nodes by
/// @param room whether the node would do if pods left it
/// @param cure what kind of change may lift it
record Rejection(List<String> reasons, boolean room, Cure cure) {

  /// Kinds of change in the cluster that may give a waiting pod its chance.
  enum Cure {
    /// A node appeared or changed its labels, taints, schedulability or size.
    NODE,
    /// A pod left a node.
    ROOM,
    /// Pods came, went or changed their labels.
    COMPANY,
    /// A claim, volume or class changed.
    VOLUMES
  }

  static Rejection always(String reason, Cure cure) {
    return new Rejection(List.of(reason), false, cure);
  }

  static Rejection untilPodsLeave(String reason, Cure cure) {
    return new Rejection(List.of(reason), true, cure);
  }
}
