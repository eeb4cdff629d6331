package io.ordinal.cluster.console;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What holds wherever the platform remembers.
@Timeout(60)
abstract class RecordsContract {

  private static final String VOUCHED = "https://issuer.example/realms/a#f3b1";

  abstract Records records();

  /// The same, read anew.
  abstract Records again();

  private static Remembered session(String key, String owner) {
    return Remembered.fresh(Remembered.Type.SESSION, key, owner, Map.of("hash", "h", "empty", ""));
  }

  @Test
  void whatWasWrittenIsFoundByKeyAndByOwner() {
    records().create(session("a1", "bob"));
    records().create(session("a2", VOUCHED));
    records().create(Remembered.fresh(Remembered.Type.TOKEN, "a1", "bob", Map.of()));
    for (var records : List.of(records(), again())) {
      assertThat(records.find(Remembered.Type.SESSION, "a1").orElseThrow().owner())
          .isEqualTo("bob");
      assertThat(records.find(Remembered.Type.SESSION, "a1").orElseThrow().fields())
          .isEqualTo(Map.of("hash", "h", "empty", ""));
      assertThat(records.find(Remembered.Type.TOKEN, "a2")).isEmpty();
      assertThat(records.of(Remembered.Type.SESSION, VOUCHED))
          .extracting(Remembered::key)
          .containsExactly("a2");
      assertThat(records.all(Remembered.Type.SESSION)).hasSize(2);
    }
  }

  @Test
  void aNameIsTakenOnce() {
    records().create(session("b1", "bob"));
    assertThatThrownBy(() -> records().create(session("b1", "eve")))
        .isInstanceOfSatisfying(Refusal.class, no -> assertThat(no.code()).isEqualTo(409));
  }

  /// Also before any event says that it is free.
  @Test
  void aNameThatHasBecomeFreeIsTakenAtOnce() {
    for (var records : List.of(records(), again())) {
      records.delete(records.create(session("e1", "bob")));
      var taken = records.create(session("e1", "eve"));
      assertThat(records.find(Remembered.Type.SESSION, "e1").orElseThrow().owner())
          .isEqualTo("eve");
      records.delete(taken);
    }
  }

  @Test
  void whoReadWhatHasChangedSinceDoesNotWriteOverIt() {
    var first = records().create(session("c1", "bob"));
    var second = records().update(first.with("hash", "2"));
    assertThatThrownBy(() -> records().update(first.with("hash", "3")))
        .isInstanceOfSatisfying(Refusal.class, no -> assertThat(no.code()).isEqualTo(409));
    assertThat(records().find(Remembered.Type.SESSION, "c1").orElseThrow().text("hash"))
        .isEqualTo("2");
    records().delete(second);
    assertThatThrownBy(() -> records().update(second.with("hash", "4")))
        .isInstanceOfSatisfying(Refusal.class, no -> assertThat(no.code()).isEqualTo(409));
    assertThat(again().find(Remembered.Type.SESSION, "c1")).isEmpty();
    records().delete(second);
  }

  /// Perhaps twice, by the writer and by a watch, each when it comes to it.
  @Test
  void listenersHearOfChangesAndEnds() throws InterruptedException {
    var heard = new LinkedBlockingQueue<String>();
    records()
        .onChange((before, after) -> {
          if (!before.key().equals("d1")) return;
          heard.add(before.text("hash") + ">" + after.map(a -> a.text("hash")).orElse("gone"));
        });
    var first = records().create(session("d1", "bob"));
    var second = records().update(first.with("hash", "2"));
    records().delete(second);
    var all = new HashSet<String>();
    while (all.size() < 2)
      all.add(requireNonNull(heard.poll(30, TimeUnit.SECONDS), "heard " + all));
    all.addAll(heard);
    assertThat(all).containsExactlyInAnyOrder("h>2", "2>gone");
  }
}
