package io.ordinal.server.auth;

import io.ordinal.server.Target;

/// Something that a user wants to do, in the words of rules: verbs beyond those of requests exist
/// (`impersonate`, `*`), because reviews may ask about them.
public sealed interface Action {
  /// About a resource; an empty value means that it is not given.
  record OnResource(
      String verb, String group, String resource, String subresource, String namespace, String name)
      implements Action {
    /// What a request wants.
    public static OnResource of(Target target) {
      return new OnResource(
          target.verb().word(),
          target.group(),
          target.resource(),
          target.subresource(),
          target.namespace(),
          target.name());
    }

    /// `pods` or `pods/log`.
    String path() {
      return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
  }

  /// About a path that is no resource.
  ///
  /// @param verb the HTTP method in lower case
  record OnPath(String verb, String path) implements Action {}
}
