package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has to happen to the role bindings of one namespace, or of a whole cluster.
///
/// There is one for each role, with the role's name. A binding of that name that somebody else has
/// made is left as it is: whoever may write bindings there is an administrator.
///
/// @param taken roles that could not be given, as their names are somebody else's
record BindingPlan(List<Action> actions, List<String> taken) {

  sealed interface Action {
    record Bind(Given given) implements Action {}

    record Rebind(Given before, Given now) implements Action {}

    record Unbind(String name, List<Subject> subjects) implements Action {}
  }

  /// A binding that is there.
  ///
  /// @param ours whether the platform has made it
  /// @param given what it gives; its role may be another than its name
  record Present(String name, boolean ours, Given given) {

    static Present of(RoleBinding binding, String cluster) {
      return of(binding, cluster, binding.getRoleRef(), binding.getSubjects());
    }

    static Present of(ClusterRoleBinding binding, String cluster) {
      return of(binding, cluster, binding.getRoleRef(), binding.getSubjects());
    }

    private static Present of(
        HasMetadata binding, String cluster, RoleRef role, List<Subject> subjects) {
      var kind = role.getKind().equals("ClusterRole") ? "" : role.getKind() + "/";
      return new Present(
          binding.getMetadata().getName(),
          Roles.isOurs(binding, cluster),
          new Given(kind + role.getName(), subjects));
    }

    /// What a binding points at cannot be changed.
    private boolean meansItsName() {
      return given.role().equals(name);
    }
  }

  /// Removing comes first: nobody should have an old right a moment longer for a new one's sake.
  static BindingPlan of(Collection<Given> wanted, Collection<Present> present) {
    var wantedNames = wanted.stream().map(Given::role).toList();
    var actions = new ArrayList<Action>();
    present.stream()
        .filter(each -> each.ours() && !(each.meansItsName() && wantedNames.contains(each.name())))
        .forEach(each -> actions.add(new Action.Unbind(each.name(), each.given().subjects())));
    var taken = new ArrayList<String>();
    for (var each : wanted) {
      switch (find(present, each.role())) {
        case null -> actions.add(new Action.Bind(each));
        case Present known when !known.ours() -> taken.add(each.role());
        case Present known when !known.meansItsName() -> actions.add(new Action.Bind(each));
        case Present known when !known.given().equals(each) ->
            actions.add(new Action.Rebind(known.given(), each));
        case Present _ -> {}
      }
    }
    return new BindingPlan(List.copyOf(actions), List.copyOf(taken));
  }

  private static @Nullable Present find(Collection<Present> present, String name) {
    return present.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  /// Who has less than before.
  static List<Subject> losers(Action action) {
    return switch (action) {
      case Action.Bind _ -> List.of();
      case Action.Rebind(var before, var now) ->
          before.subjects().stream().filter(each -> !now.subjects().contains(each)).toList();
      case Action.Unbind(_, var subjects) -> subjects;
    };
  }
}
