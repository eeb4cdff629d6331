package io.ordinal.server;

/// What was allowed and is valid, and waits for its transport.
public sealed interface StreamCall permits ExecCall, ForwardCall {}
