package io.ordinal.node.runtime;

import java.util.List;

/// A command to run inside a container, and which of its streams are wanted.
public record ExecRequest(List<String> command, Stdio stdio) {}
