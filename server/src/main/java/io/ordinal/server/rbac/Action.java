package io.ordinal.server.rbac;

import io.ordinal.server.Query;
import io.ordinal.server.Target;
import io.ordinal.server.Verb;

/// Something that a user wants to do, in the words of rules: verbs beyond those of requests exist
/// (`impersonate`, `*`), because reviews may ask about them.
public sealed interface Action {
  /// About a resource; an empty value means that it is not given.
  ///
  /// @param nodeName the node whose pods alone are asked for, by a field selector
  record OnResource(
      String verb,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name,
      String nodeName)
      implements Action {
    private static final String NAME_FIELD = "metadata.name=";
    private static final String NODE_FIELD = "spec.nodeName=";

    /// Without a field selector.
    public OnResource(
        String verb,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name) {
      this(verb, group, resource, subresource, namespace, name, "");
    }

    /// What a request wants. Who lists or watches by a name asks for that object alone. A namespace
    /// counts as being in itself: whoever may look at what is in it may look at it.
    public static OnResource of(Target target, Query query) {
      var reads = target.verb() == Verb.LIST || target.verb() == Verb.WATCH;
      var fields = reads && target.name().isEmpty() ? query.first("fieldSelector") : "";
      return new OnResource(
          target.verb().word(),
          target.group(),
          target.resource(),
          target.subresource(),
          isNamespace(target) ? target.name() : target.namespace(),
          fields.isEmpty() ? target.name() : value(fields, NAME_FIELD),
          fields.isEmpty() ? "" : value(fields, NODE_FIELD));
    }

    private static boolean isNamespace(Target target) {
      return target.group().isEmpty() && target.resource().equals("namespaces");
    }

    private static String value(String fields, String field) {
      for (var term : fields.split(",", -1)) {
        if (term.startsWith(field)) {
          var value = term.substring(field.length());
          return value.startsWith("=") ? value.substring(1) : value;
        }
      }
      return "";
    }

    /// `pods` or `pods/log`.
    public String path() {
      return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
  }

  /// About a path that is no resource.
  ///
  /// @param verb the HTTP method in lower case
  record OnPath(String verb, String path) implements Action {}
}
