package io.ordinal.store;

import java.time.Duration;

/// How much of the past a store keeps readable and watchable, beside what its keys hold now.
///
/// @param age what is older is compacted
/// @param bytes when the past takes more memory than this, the oldest part of it is compacted
public record Retention(Duration age, long bytes) {

  /// Five minutes, as kube-apiserver asks etcd for, within 64 MiB.
  public static final Retention USUAL = new Retention(Duration.ofMinutes(5), 64 << 20);
}
