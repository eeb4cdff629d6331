package io.ordinal.platform.members;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What a policy of an administrator's may not allow, because a member could step out of his
/// business with it: a `*` in a policy is easily written, and owners give it to whom they like.
///
/// | what | where it leads |
/// |---|---|
/// | writing the namespace | relabelled, it is privileged, or another business's |
/// | writing quotas and limits | what the platform has granted is no limit any more |
/// | writing roles and bindings, `bind`, `escalate` | rights that no policy gives |
/// | `impersonate`, tokens of service accounts | an identity that membership does not end |
/// | writing the platform's own kinds | rights over businesses |
final class PolicyBounds {

  private static final String ANY = "*";
  private static final List<String> WRITES =
      List.of("create", "update", "patch", "delete", "deletecollection");

  private record Refused(List<String> verbs, String group, String resource) {}

  private static final List<Refused> REFUSED =
      List.of(
          new Refused(WRITES, "", "namespaces"),
          new Refused(WRITES, "", "namespaces/status"),
          new Refused(WRITES, "", "namespaces/finalize"),
          new Refused(WRITES, "", "resourcequotas"),
          new Refused(WRITES, "", "resourcequotas/status"),
          new Refused(WRITES, "", "limitranges"),
          new Refused(WRITES, "", "serviceaccounts/token"),
          new Refused(List.of("impersonate"), "", "serviceaccounts"),
          new Refused(List.of("impersonate"), "", "users"),
          new Refused(List.of("impersonate"), "", "groups"),
          new Refused(List.of("impersonate"), "authentication.k8s.io", ANY),
          new Refused(List.of("bind", "escalate"), "rbac.authorization.k8s.io", ANY),
          new Refused(WRITES, "rbac.authorization.k8s.io", ANY),
          new Refused(WRITES, "business.tkestack.io", ANY),
          new Refused(WRITES, "auth.tkestack.io", ANY));

  private PolicyBounds() {}

  /// Why owners cannot give these rules to members.
  static Optional<String> problem(Collection<PolicyRule> rules) {
    return REFUSED.stream()
        .filter(refused -> rules.stream().anyMatch(rule -> meets(rule, refused)))
        .findFirst()
        .map(refused ->
            "its ClusterRole allows one of %s on %s"
                .formatted(String.join(", ", refused.verbs()), name(refused)));
  }

  private static boolean meets(PolicyRule rule, Refused refused) {
    return refused.verbs().stream().anyMatch(verb -> has(rule.getVerbs(), verb))
        && has(rule.getApiGroups(), refused.group())
        && rule.getResources().stream().anyMatch(each -> covers(each, refused.resource()));
  }

  private static boolean has(Collection<String> some, String wanted) {
    return some.contains(ANY) || some.contains(wanted);
  }

  /// `*/token` is that of every resource.
  private static boolean covers(String granted, String wanted) {
    if (granted.equals(ANY) || wanted.equals(ANY) || granted.equals(wanted)) return true;
    var slash = wanted.indexOf('/');
    return slash >= 0 && granted.equals(ANY + wanted.substring(slash));
  }

  private static String name(Refused refused) {
    return refused.group().isEmpty()
        ? refused.resource()
        : refused.resource() + "." + refused.group();
  }
}
