package io.ordinal.platform.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.ordinal.platform.members.BindingPlan.Action.Bind;
import io.ordinal.platform.members.BindingPlan.Action.Rebind;
import io.ordinal.platform.members.BindingPlan.Action.Unbind;
import io.ordinal.platform.members.BindingPlan.Present;
import io.ordinal.platform.members.Policy.BuiltIn;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of a namespace's RoleBindings.
class BindingPlanTest {

  private static final String MEMBER = BuiltIn.MEMBER.roleIn("global");
  private static final String VIEWER = BuiltIn.VIEWER.roleIn("global");

  private static Membership membership(Policy policy, String... users) {
    return new Membership(policy, List.of(users), List.of());
  }

  private static List<Given> given(Membership... memberships) {
    return Given.of(List.of(memberships), each -> each.policy().roleIn("global"));
  }

  private static Subject user(String name) {
    return new Subject("rbac.authorization.k8s.io", "User", name, null);
  }

  private static Subject group(String name) {
    return new Subject("rbac.authorization.k8s.io", "Group", name, null);
  }

  private static Present binding(boolean ours, String name, String role, Subject... subjects) {
    return new Present(name, ours, new Given(role, List.of(subjects)));
  }

  @Test
  void severalBindingsOfARoleAreOneInOrder() {
    var groups = new Membership(BuiltIn.MEMBER, List.of("amy"), List.of("devs"));
    var given = given(membership(BuiltIn.MEMBER, "zoe", "amy"), groups);
    assertThat(given)
        .containsExactly(new Given(MEMBER, List.of(user("amy"), user("zoe"), group("devs"))));
  }

  @Test
  void aRoleThatNobodyHasIsNotBound() {
    assertThat(given(membership(BuiltIn.VIEWER))).isEmpty();
  }

  @Test
  void whatIsMissingIsMade() {
    var wanted = given(membership(BuiltIn.MEMBER, "amy"));
    assertThat(BindingPlan.of(wanted, List.of()).actions())
        .containsExactly(new Bind(new Given(MEMBER, List.of(user("amy")))));
  }

  @Test
  void whatIsAsItShouldBeIsLeftAlone() {
    var wanted = given(membership(BuiltIn.MEMBER, "amy"));
    var present = List.of(binding(true, MEMBER, MEMBER, user("amy")));
    assertThat(BindingPlan.of(wanted, present).actions()).isEmpty();
  }

  @Test
  void whoIsNoMemberAnyMoreLosesTheRole() {
    var wanted = given(membership(BuiltIn.MEMBER, "amy"));
    var present =
        List.of(
            binding(true, MEMBER, MEMBER, user("amy"), user("zoe")),
            binding(true, VIEWER, VIEWER, user("bob")));
    var actions = BindingPlan.of(wanted, present).actions();
    assertThat(actions)
        .containsExactly(
            new Unbind(VIEWER, List.of(user("bob"))),
            new Rebind(present.getFirst().given(), wanted.getFirst()));
    assertThat(actions.stream().flatMap(action -> BindingPlan.losers(action).stream()))
        .containsExactly(user("bob"), user("zoe"));
  }

  @Test
  void aBindingThatPointsElsewhereIsMadeAgain() {
    var wanted = given(membership(BuiltIn.MEMBER, "amy"));
    var present = List.of(binding(true, MEMBER, "cluster-admin", user("amy")));
    assertThat(BindingPlan.of(wanted, present).actions())
        .containsExactly(
            new Unbind(MEMBER, List.of(user("amy"))),
            new Bind(new Given(MEMBER, List.of(user("amy")))));
  }

  @Test
  void whatSomebodyElseHasMadeIsNeverTouched() {
    var wanted = given(membership(BuiltIn.MEMBER, "amy"));
    var present =
        List.of(
            binding(false, MEMBER, "view", user("zoe")),
            binding(false, "business:other", "view", user("zoe")));
    var plan = BindingPlan.of(wanted, present);
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.taken()).containsExactly(MEMBER);
  }

  @Test
  void namesOfAClustersOwnCannotBeMembers() {
    for (var name :
        List.of(
            "system:masters", "system:authenticated", "ordinal:administrators", "business:x", "")) {
      assertThat(membership(BuiltIn.MEMBER, "amy", name).foreignName()).as(name).contains(name);
      assertThat(new Membership(BuiltIn.MEMBER, List.of(), List.of(name)).foreignName())
          .as(name)
          .contains(name);
    }
    assertThat(membership(BuiltIn.MEMBER, "amy").foreignName()).isEmpty();
  }
}
