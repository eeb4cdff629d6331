package io.ordinal.platform.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What administrators' policies may hold.
class PolicyBoundsTest {

  private static List<PolicyRule> rules(String verb, String group, String resource) {
    return List.of(
        new PolicyRuleBuilder()
            .withVerbs(verb)
            .withApiGroups(group)
            .withResources(resource)
            .build());
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "*, *, *",
    "patch, '', namespaces",
    "update, '*', '*'",
    "update, '', namespaces/status",
    "*, '', namespaces/finalize",
    "delete, '', resourcequotas",
    "patch, '', resourcequotas/status",
    "update, '', '*/status'",
    "create, '', limitranges",
    "deletecollection, '', limitranges",
    "create, '*', limitranges",
    "create, '', serviceaccounts/token",
    "create, '', '*/token'",
    "create, rbac.authorization.k8s.io, rolebindings",
    "*, rbac.authorization.k8s.io, roles",
    "impersonate, '', users",
    "impersonate, '', groups",
    "impersonate, '', serviceaccounts",
    "impersonate, authentication.k8s.io, userextras/scopes",
    "bind, rbac.authorization.k8s.io, clusterroles",
    "escalate, rbac.authorization.k8s.io, roles",
    "create, auth.tkestack.io, projectpolicybindings",
    "update, business.tkestack.io, namespaces/status"
  })
  void aWayOutOfTheBusinessIsRefused(String verb, String group, String resource) {
    assertThat(PolicyBounds.problem(rules(verb, group, resource))).isPresent();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "get, '*', '*'",
    "*, apps, '*'",
    "*, '', configmaps",
    "create, '', pods/exec",
    "get, '', resourcequotas",
    "*, example.org, widgets"
  })
  void whatStaysInsideIsNot(String verb, String group, String resource) {
    assertThat(PolicyBounds.problem(rules(verb, group, resource))).isEmpty();
  }

  @Test
  void theBuiltInRolesKeepToItToo() {
    assertThat(Roles.ofNamespaces()).isNotEmpty();
    for (var role : Roles.ofNamespaces()) {
      assertThat(PolicyBounds.problem(role.getRules())).as(role.getMetadata().getName()).isEmpty();
      assertThat(role.getRules())
          .isNotEmpty()
          .allSatisfy(rule ->
              assertThat(rule.toString()).as("a wildcard reaches exec").doesNotContain("*"));
    }
  }
}
