package io.ordinal.server.registry;

import io.ordinal.server.User;
import io.ordinal.server.Verb;

/// A write on its way: which object, who asks, and whether it is only tried.
///
/// @param part which part of the object the request may change
record Write(Kind kind, String namespace, String name, Part part, User user, boolean dryRun) {

  /// What the endpoint lets a request change.
  enum Part {
    /// The object; its status stays, when it has an endpoint of its own.
    OBJECT,
    /// Its status and metadata.
    STATUS,
    /// Whatever the endpoint's own code changes.
    ANY
  }

  static Write of(Kind kind, Call call, boolean dryRun) {
    var target = call.target();
    return new Write(kind, target.namespace(), target.name(), Part.OBJECT, call.user(), dryRun);
  }

  Write only(Part other) {
    return new Write(kind, namespace, name, other, user, dryRun);
  }

  Write named(String other) {
    return new Write(kind, namespace, other, part, user, dryRun);
  }

  String key() {
    return kind.key(namespace, name);
  }

  Attributes attributes(Verb verb) {
    var subresource = part == Part.STATUS ? "status" : "";
    return new Attributes(verb, kind, namespace, name, subresource, user);
  }
}
