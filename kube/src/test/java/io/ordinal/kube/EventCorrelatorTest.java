package io.ordinal.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.ordinal.kube.EventCorrelator.Drop;
import io.ordinal.kube.EventCorrelator.First;
import io.ordinal.kube.EventCorrelator.Judgement;
import io.ordinal.kube.EventCorrelator.Repeat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventCorrelatorTest {
  private final TurnedClock clock = new TurnedClock();
  private final EventCorrelator correlator = new EventCorrelator();

  @Test
  void whatIsToldAgainIsCounted() {
    assertThat(tell("web", "Pulled", "same")).isInstanceOf(First.class);
    assertThat(tell("web", "Pulled", "same"))
        .isInstanceOfSatisfying(Repeat.class, again -> assertThat(again.count()).isEqualTo(2));
    assertThat(tell("web", "Pulled", "other")).isInstanceOf(First.class);
    assertThat(tell("db", "Pulled", "same")).isInstanceOf(First.class);
  }

  @Test
  void afterTenSimilarOnesTheyAreCombined() {
    for (int i = 0; i < 10; i++)
      assertThat(tell("web", "Pulled", "m" + i)).isInstanceOf(First.class);
    assertThat(tell("web", "Pulled", "m10"))
        .isInstanceOfSatisfying(
            First.class,
            first ->
                assertThat(first.told().message())
                    .isEqualTo("(combined from similar events): m10"));
    assertThat(tell("web", "Pulled", "m11")).isInstanceOf(Repeat.class);
    clock.turn(Duration.ofMinutes(11));
    assertThat(tell("web", "Pulled", "m12"))
        .isInstanceOfSatisfying(
            First.class, first -> assertThat(first.told().message()).isEqualTo("m12"));
  }

  @Test
  void aFloodIsCutOffAndComesBackOneByOne() {
    for (int i = 0; i < 25; i++) assertThat(tell("web", "r" + i, "m")).isNotInstanceOf(Drop.class);
    assertThat(tell("web", "r", "m")).isInstanceOf(Drop.class);
    assertThat(tell("db", "r", "m")).isInstanceOf(First.class);
    clock.turn(Duration.ofMinutes(5));
    assertThat(tell("web", "r", "m")).isInstanceOf(First.class);
    assertThat(tell("web", "r", "m")).isInstanceOf(Drop.class);
  }

  private Judgement tell(String name, String reason, String message) {
    var about = new ObjectReferenceBuilder().withKind("Pod").withName(name).build();
    var told = new Events.Told(about, "Normal", reason, message, clock.instant());
    var judgement = correlator.judge(told);
    switch (judgement) {
      case Drop _ -> {}
      case First first -> correlator.written(first.key(), correlator.freshName(told), 1);
      case Repeat repeat -> correlator.written(repeat.key(), repeat.name(), repeat.count());
    }
    return judgement;
  }
}
