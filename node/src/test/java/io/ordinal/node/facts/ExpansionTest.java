package io.ordinal.node.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$(NAME), web",
    "a-$(NAME)-b, a-web-b",
    "$(UNKNOWN), $(UNKNOWN)",
    "$$(NAME), $(NAME)",
    "$$$(NAME), $web",
    "$(NAME, $(NAME",
    "cost$, cost$",
    "$x, $x",
    "$(NAME)$(NAME), webweb",
  })
  void namesAreReplacedOnce(String text, String expected) {
    assertThat(Expansion.expand(text, Map.of("NAME", "web"))).isEqualTo(expected);
  }
}
