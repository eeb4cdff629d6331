package io.ordinal.controllers.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredRulesTest {
  private static final PolicyRule PODS = rule("pods");
  private static final PolicyRule SECRETS = rule("secrets");
  private static final ClusterRole GATHERING =
      new ClusterRoleBuilder(role("all", "mine", rule("nodes")))
          .withNewAggregationRule()
          .addNewClusterRoleSelector()
          .addToMatchLabels("for", "mine")
          .endClusterRoleSelector()
          .endAggregationRule()
          .build();

  @Test
  void itHasTheRulesOfAllOthersThatAreMeantForIt() {
    var all =
        List.of(
            role("c", "mine", SECRETS, PODS),
            GATHERING,
            role("b", "yours", rule("events")),
            role("a", "mine", PODS));
    assertThat(GatheredRules.of(GATHERING, all)).contains(List.of(PODS, SECRETS));
  }

  @Test
  void anOrdinaryRoleIsLeftAlone() {
    var plain = role("a", "mine", PODS);
    assertThat(GatheredRules.of(plain, List.of(plain))).isEmpty();
  }

  private static ClusterRole role(String name, String meantFor, PolicyRule... rules) {
    return new ClusterRoleBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("for", meantFor)
        .endMetadata()
        .withRules(rules)
        .build();
  }

  private static PolicyRule rule(String resource) {
    return new PolicyRuleBuilder()
        .withVerbs("get")
        .withApiGroups("")
        .withResources(resource)
        .build();
  }
}
