package io.ordinal.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirementBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelSelectorsTest {
  private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front");

  @Test
  void anAbsentSelectorSelectsNothingAndAnEmptyOneEverything() {
    assertThat(LabelSelectors.matches(null, LABELS)).isFalse();
    assertThat(LabelSelectors.matches(new LabelSelector(), LABELS)).isTrue();
    assertThat(LabelSelectors.matches(new LabelSelector(), null)).isTrue();
  }

  @Test
  void everyOperatorMeansWhatItSays() {
    assertThat(matches("app", "In", "web", "db")).isTrue();
    assertThat(matches("app", "In", "db")).isFalse();
    assertThat(matches("missing", "In", "db")).isFalse();
    assertThat(matches("app", "NotIn", "db")).isTrue();
    assertThat(matches("app", "NotIn", "web")).isFalse();
    assertThat(matches("missing", "NotIn", "web")).isTrue();
    assertThat(matches("app", "Exists")).isTrue();
    assertThat(matches("missing", "Exists")).isFalse();
    assertThat(matches("app", "DoesNotExist")).isFalse();
    assertThat(matches("missing", "DoesNotExist")).isTrue();
  }

  @Test
  void allRequirementsMustHold() {
    var selector =
        new LabelSelectorBuilder()
            .withMatchLabels(Map.of("app", "web"))
            .addToMatchExpressions(requirement("tier", "In", List.of("back")))
            .build();
    assertThat(LabelSelectors.matches(selector, LABELS)).isFalse();
  }

  @Test
  void isWrittenAsInAQuery() {
    var selector =
        new LabelSelectorBuilder()
            .withMatchLabels(Map.of("b", "2", "a", "1"))
            .addToMatchExpressions(requirement("t", "In", List.of("y", "x")))
            .addToMatchExpressions(requirement("u", "NotIn", List.of("z")))
            .addToMatchExpressions(requirement("v", "Exists", List.of()))
            .addToMatchExpressions(requirement("w", "DoesNotExist", List.of()))
            .build();
    assertThat(LabelSelectors.format(selector)).isEqualTo("a=1,b=2,t in (x,y),u notin (z),v,!w");
  }

  private static LabelSelectorRequirement requirement(
      String key, String operator, List<String> values) {
    return new LabelSelectorRequirementBuilder()
        .withKey(key)
        .withOperator(operator)
        .withValues(values)
        .build();
  }

  private static boolean matches(String key, String operator, String... values) {
    var selector =
        new LabelSelectorBuilder()
            .addToMatchExpressions(requirement(key, operator, List.of(values)))
            .build();
    return LabelSelectors.matches(selector, LABELS);
  }
}
