package io.ordinal.node.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.node.PodNetwork;
import io.ordinal.node.facts.PodEvents;
import io.ordinal.node.probe.Prober;
import io.ordinal.node.pull.ImagePuller;
import io.ordinal.node.runtime.ContainerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What all workers of a node share.
///
/// @param wall gives the times that objects carry; somebody may set it
/// @param steady measures how long things take; never jumps
/// @param runtimeName as container ids begin: `containerd`
/// @param hostAddress the node's address, for status.hostIP
public record PodParts(
    KubernetesClient client,
    PodEvents events,
    ContainerRuntime runtime,
    PodHost host,
    PodNetwork network,
    ImagePuller images,
    Prober prober,
    Background background,
    InstantSource wall,
    InstantSource steady,
    RandomGenerator random,
    String runtimeName,
    String hostAddress) {

  /// When a moment of the wall clock was by the steady one; to be asked soon after it, before
  /// somebody sets the clock. What seems to lie ahead was just now.
  Instant steady(Instant moment) {
    var ago = Duration.between(moment, wall.instant());
    return ago.isNegative() ? steady.instant() : steady.instant().minus(ago);
  }
}
