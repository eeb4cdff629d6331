package io.ordinal.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ControllerTest {
  private static final ObjectKey KEY = new ObjectKey("default", "web");
  private final TurnedClock clock = new TurnedClock();
  private final WorkQueue<ObjectKey> queue = new WorkQueue<>(clock);
  private final List<ObjectKey> seen = new ArrayList<>();

  @Test
  void aStepReconcilesOneKey() {
    var controller = controller(key -> looked(key, Outcome.DONE));
    assertThat(controller.step()).isFalse();
    queue.add(KEY);
    assertThat(controller.step()).isTrue();
    assertThat(seen).containsExactly(KEY);
    assertThat(controller.step()).isFalse();
  }

  @Test
  void aKeyThatAsksForItIsLookedAtAgainLater() {
    var later = clock.instant().plusSeconds(5);
    var controller = controller(key -> looked(key, new Outcome.LookAgainAt(later)));
    queue.add(KEY);
    controller.step();
    assertThat(controller.step()).isFalse();
    clock.turn(Duration.ofSeconds(5));
    assertThat(controller.step()).isTrue();
  }

  @Test
  void aKeyThatFailsComesBackAfterGrowingPauses() {
    var controller =
        controller(key -> {
          looked(key, Outcome.DONE);
          throw new IllegalStateException("not today");
        });
    queue.add(KEY);
    controller.step();
    assertThat(queue.nextDue()).contains(clock.instant().plusMillis(5));
    clock.turn(Duration.ofMillis(5));
    controller.step();
    assertThat(queue.nextDue()).contains(clock.instant().plusMillis(10));
    assertThat(seen).hasSize(2);
  }

  @Test
  void onThreadsItDoesTheSame() throws InterruptedException {
    var looked = new CountDownLatch(3);
    var controller =
        controller(_ -> {
          looked.countDown();
          return Outcome.DONE;
        });
    controller.start();
    for (int i = 0; i < 3; i++) queue.add(new ObjectKey("default", "web-" + i));
    assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
    controller.close();
  }

  private Controller controller(Reconciler reconciler) {
    return new Controller("test", reconciler, queue, 2);
  }

  private Outcome looked(ObjectKey key, Outcome outcome) {
    seen.add(key);
    return outcome;
  }
}
