package io.ordinal.server.registry;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// What comes to the registry from outside.
///
/// @param random must be usable by many threads
/// @param pumps runs what hands changes to watchers: virtual threads, or `Runnable::run` where
///   everything is to happen on the caller's thread
public record Surroundings(InstantSource clock, RandomGenerator random, Executor pumps) {}
