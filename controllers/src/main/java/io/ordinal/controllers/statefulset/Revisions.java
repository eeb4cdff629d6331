package io.ordinal.controllers.statefulset;

/// The two templates that matter: the one that pods had when the last rollout was complete, and the
/// one that the spec asks for. Without a rollout under way they are the same.
record Revisions(Revision current, Revision update, int collisionCount) {}
