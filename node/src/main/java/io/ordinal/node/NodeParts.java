package io.ordinal.node;

import io.ordinal.node.images.LocalImages;
import io.ordinal.node.runtime.ContainerRuntime;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// What a node is made of.
public record NodeParts(
    ContainerRuntime runtime,
    PodNetwork network,
    LocalImages images,
    Machine machine,
    Clock clock,
    RandomGenerator random) {}
