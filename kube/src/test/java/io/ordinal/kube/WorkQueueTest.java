package io.ordinal.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final TurnedClock clock = new TurnedClock();
  private final WorkQueue<String> queue = new WorkQueue<>(clock);

  @Test
  void isFairAndStingy() {
    queue.add("a");
    queue.add("b");
    queue.add("a");
    assertThat(queue.poll()).isEqualTo("a");
    assertThat(queue.poll()).isEqualTo("b");
    assertThat(queue.poll()).isNull();
  }

  @Test
  void aKeyIsNeverInTwoHandsAndComesBackOnceWhenTouched() {
    queue.add("a");
    assertThat(queue.poll()).isEqualTo("a");
    queue.add("a");
    queue.add("a");
    assertThat(queue.poll()).isNull();
    queue.done("a");
    assertThat(queue.poll()).isEqualTo("a");
    queue.done("a");
    assertThat(queue.poll()).isNull();
  }

  @Test
  void aDelayedKeyComesWhenItIsDue() {
    queue.addAfter("a", Duration.ofSeconds(10));
    assertThat(queue.poll()).isNull();
    assertThat(queue.nextDue()).contains(clock.instant().plusSeconds(10));
    clock.turn(Duration.ofSeconds(10));
    assertThat(queue.poll()).isEqualTo("a");
    assertThat(queue.nextDue()).isEmpty();
  }

  @Test
  void ofTwoDelaysTheShorterCounts() {
    queue.addAfter("a", Duration.ofSeconds(10));
    queue.addAfter("a", Duration.ofSeconds(5));
    queue.addAfter("a", Duration.ofSeconds(7));
    clock.turn(Duration.ofSeconds(5));
    assertThat(queue.poll()).isEqualTo("a");
    queue.done("a");
    clock.turn(Duration.ofSeconds(10));
    assertThat(queue.poll()).isNull();
  }

  @Test
  void keysAreThoseInLineInHandAndToCome() {
    queue.add("in hand");
    assertThat(queue.poll()).isEqualTo("in hand");
    queue.add("in line");
    queue.addAfter("later", Duration.ofSeconds(10));
    queue.addRateLimited("failed");
    assertThat(queue.keys()).containsExactlyInAnyOrder("in hand", "in line", "later", "failed");
    queue.done("in hand");
    assertThat(queue.keys()).containsExactlyInAnyOrder("in line", "later", "failed");
    clock.turn(Duration.ofSeconds(10));
    for (var key = queue.poll(); key != null; key = queue.poll()) queue.done(key);
    assertThat(queue.keys()).isEmpty();
  }

  @Test
  void pausesDoubleFromFiveMillisecondsToAThousandSeconds() {
    for (int failure = 0; failure < 30; failure++) {
      queue.addRateLimited("a");
      var pause = Duration.between(clock.instant(), queue.nextDue().orElseThrow());
      var expected = Math.min(1_000_000, 5L << Math.min(failure, 30));
      assertThat(pause).isEqualTo(Duration.ofMillis(expected));
      clock.turn(pause);
      assertThat(queue.poll()).isEqualTo("a");
      queue.done("a");
    }
    queue.forget("a");
    queue.addRateLimited("a");
    assertThat(queue.nextDue()).contains(clock.instant().plusMillis(5));
  }

  @Test
  void whoeverTakesWaitsForAKey() throws InterruptedException {
    var taken = new AtomicReference<String>();
    var done = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          try {
            taken.set(queue.take());
            done.countDown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    queue.add("a");
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(taken).hasValue("a");
  }
}
