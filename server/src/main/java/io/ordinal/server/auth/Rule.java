package io.ordinal.server.auth;

import java.util.Set;

/// Verbs on resources of one group; `*` stands for everything in its place.
///
/// @param resources plurals, with `/<subresource>` when the rule is about one
record Rule(Set<String> verbs, Set<String> groups, Set<String> resources) {
  private static final Set<String> READ = Set.of("get", "list", "watch");
  private static final Set<String> ALL = Set.of("*");

  static Rule everything() {
    return new Rule(ALL, ALL, ALL);
  }

  static Rule read(String group, String... resources) {
    return new Rule(READ, Set.of(group), Set.of(resources));
  }

  static Rule of(String group, Set<String> verbs, String... resources) {
    return new Rule(verbs, Set.of(group), Set.of(resources));
  }

  boolean allows(Action.OnResource action) {
    return matches(verbs, action.verb())
        && matches(groups, action.group())
        && matches(resources, action.path());
  }

  private static boolean matches(Set<String> values, String wanted) {
    return values.contains(wanted) || values.contains("*");
  }
}
