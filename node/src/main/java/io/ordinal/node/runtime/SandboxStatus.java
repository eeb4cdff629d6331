package io.ordinal.node.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A sandbox as the runtime sees it.
///
/// @param ips empty for host network, for a sandbox that is not ready, and in lists
public record SandboxStatus(
    String id,
    PodIdentity pod,
    int attempt,
    boolean ready,
    Instant createdAt,
    List<String> ips,
    boolean hostNetwork,
    Map<String, String> labels) {}
