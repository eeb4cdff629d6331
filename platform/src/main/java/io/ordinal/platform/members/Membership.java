package io.ordinal.platform.members;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who is what in a business, as one binding says it.
record Membership(Policy policy, List<String> users, List<String> groups) {

  /// Names that are a cluster's or the platform's own. `system:authenticated` would be everybody
  /// who can sign in, `system:serviceaccount:…` somebody before whom no gateway stands.
  private static final List<String> OTHERS = List.of("system:", "ordinal:", Roles.PREFIX);

  Membership {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
  }

  boolean isEmpty() {
    return users.isEmpty() && groups.isEmpty();
  }

  /// Whether it makes this user, or one of his groups, a member.
  boolean includes(String user, Set<String> ofUser) {
    return users.contains(user) || groups.stream().anyMatch(ofUser::contains);
  }

  /// A name that cannot be a member.
  Optional<String> foreignName() {
    return Stream.concat(users.stream(), groups.stream()).filter(Membership::isForeign).findFirst();
  }

  Membership withoutForeignNames() {
    return new Membership(policy, withoutForeign(users), withoutForeign(groups));
  }

  private static List<String> withoutForeign(List<String> names) {
    return names.stream().filter(name -> !isForeign(name)).toList();
  }

  private static boolean isForeign(String name) {
    return name.isBlank() || OTHERS.stream().anyMatch(name::startsWith);
  }
}
