package io.ordinal.node.pod;

/// Why the node ended a pod by its own decision: status.reason and status.message of a failed pod.
public record Failure(String reason, String message) {}
