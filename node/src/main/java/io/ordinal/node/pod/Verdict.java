package io.ordinal.node.pod;

/// What the probes say of one running container; without a probe of a role, its best answer.
///
/// @param containerId the container that it is about: a new container begins anew
public record Verdict(String containerId, boolean started, boolean alive, boolean ready) {}
