package io.ordinal.platform.members;

import java.util.Arrays;

/// What a binding makes of those whom it names.
public sealed interface Policy {

  /// As a binding names it.
  String id();

  /// The ClusterRole that it means in the namespaces of a business in a cluster.
  String roleIn(String cluster);

  /// The ClusterRole that it means on the hub, where the objects of a business are.
  String roleOnHub();

  /// As the console calls it.
  String word();

  /// The policies that every platform has.
  enum BuiltIn implements Policy {
    OWNER("project-owner", "admin", Roles.HUB_OWNER),
    MEMBER("project-member", "member", Roles.HUB_READER),
    VIEWER("project-viewer", "viewer", Roles.HUB_READER);

    private final String id;
    private final String word;
    private final String roleOnHub;

    BuiltIn(String id, String word, String roleOnHub) {
      this.id = id;
      this.word = word;
      this.roleOnHub = roleOnHub;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String roleIn(String cluster) {
      return Roles.PREFIX + id;
    }

    @Override
    public String roleOnHub() {
      return roleOnHub;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /// A policy that an administrator has made: a ClusterRole of the hub with [Roles#POLICY_LABEL].
  ///
  /// What it allows it allows in the namespaces of a business alone: on the hub, rights would be
  /// rights over the business itself.
  record Custom(String id) implements Policy {

    /// Two platforms may have namespaces in one cluster, and each a policy of this name.
    @Override
    public String roleIn(String cluster) {
      return Roles.PREFIX + "custom:" + cluster + ":" + id;
    }

    @Override
    public String roleOnHub() {
      return Roles.HUB_READER;
    }

    @Override
    public String word() {
      return "custom";
    }
  }

  /// The policy of this id; who knows no other takes it for one of an administrator's.
  static Policy of(String id) {
    return Arrays.stream(BuiltIn.values())
        .filter(each -> each.id().equals(id))
        .map(Policy.class::cast)
        .findFirst()
        .orElseGet(() -> new Custom(id));
  }

  /// The place among policies: who has several is shown with the first.
  default int rank() {
    return switch (this) {
      case BuiltIn.OWNER -> 0;
      case BuiltIn.MEMBER -> 1;
      case BuiltIn.VIEWER -> 2;
      case Custom _ -> 3;
    };
  }
}
