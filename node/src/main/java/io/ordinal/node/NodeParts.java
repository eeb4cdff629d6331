package io.ordinal.node;

import io.ordinal.node.images.LocalImages;
import io.ordinal.node.runtime.ContainerRuntime;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// What a node is made of.
///
/// @param wall gives the times that objects carry; somebody may set it
/// @param steady measures how long things take and says when they are due; never jumps
public record NodeParts(
    ContainerRuntime runtime,
    PodNetwork network,
    LocalImages images,
    Machine machine,
    Clock wall,
    Clock steady,
    RandomGenerator random) {}
