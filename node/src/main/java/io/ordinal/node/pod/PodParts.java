package io.ordinal.node.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.node.PodNetwork;
import io.ordinal.node.facts.PodEvents;
import io.ordinal.node.probe.Prober;
import io.ordinal.node.pull.ImagePuller;
import io.ordinal.node.runtime.ContainerRuntime;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What all workers of a node share.
///
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
    InstantSource clock,
    RandomGenerator random,
    String runtimeName,
    String hostAddress) {}
