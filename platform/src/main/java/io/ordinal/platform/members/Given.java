package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// A role, and all to whom it is given.
///
/// @param role a ClusterRole; the binding has its name
record Given(String role, List<Subject> subjects) {

  private static final String RBAC = "rbac.authorization.k8s.io";

  Given {
    subjects = List.copyOf(subjects);
  }

  /// Somebody as the gateway tells clusters of him. Ordered, so that the same people always make
  /// the same binding.
  private record Somebody(String kind, String name) implements Comparable<Somebody> {
    @Override
    public int compareTo(Somebody other) {
      int byKind = other.kind.compareTo(kind);
      return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    private Subject subject() {
      return new Subject(RBAC, kind, name, null);
    }
  }

  /// What memberships give, by role; roles that nobody has are left out.
  static List<Given> of(Collection<Membership> memberships, Function<Membership, String> roleOf) {
    var people = new TreeMap<String, TreeSet<Somebody>>();
    for (var each : memberships) {
      var those = people.computeIfAbsent(roleOf.apply(each), _ -> new TreeSet<>());
      each.users().forEach(user -> those.add(new Somebody("User", user)));
      each.groups().forEach(group -> those.add(new Somebody("Group", group)));
    }
    return people.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry ->
            new Given(entry.getKey(), entry.getValue().stream().map(Somebody::subject).toList()))
        .toList();
  }
}
