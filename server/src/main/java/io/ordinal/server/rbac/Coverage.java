package io.ordinal.server.rbac;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What some rules lack to grant all that others grant.
final class Coverage {
  private Coverage() {}

  /// The atoms of `wanted` that no rule of `held` covers, those of one resource put together again.
  static List<PolicyRule> missing(List<PolicyRule> held, List<PolicyRule> wanted) {
    var atoms =
        wanted.stream()
            .flatMap(rule -> rule.atoms().stream())
            .filter(atom -> held.stream().noneMatch(rule -> rule.covers(atom)))
            .toList();
    return compact(atoms);
  }

  private static List<PolicyRule> compact(List<PolicyRule> atoms) {
    var byObject = new LinkedHashMap<PolicyRule, List<String>>();
    for (var atom : atoms) {
      var verbs = byObject.computeIfAbsent(withVerbs(atom, List.of()), _ -> new ArrayList<>());
      var verb = atom.verbs().getFirst();
      if (!verbs.contains(verb)) verbs.add(verb);
    }
    return byObject.entrySet().stream()
        .map(entry -> withVerbs(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static PolicyRule withVerbs(PolicyRule rule, List<String> verbs) {
    return new PolicyRule(verbs, rule.groups(), rule.resources(), rule.names(), rule.paths());
  }
}
