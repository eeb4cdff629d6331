package io.ordinal.cluster.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.platform.records.Records;
import io.ordinal.platform.records.Remembered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In a text that somebody keeps.
class TextRecordsTest extends RecordsContract {

  private String kept = "";
  private boolean full;
  private final Records records = Records.inText(kept, this::keep);

  private void keep(String text) {
    if (full) throw new UncheckedIOException(new IOException("the disk is full"));
    kept = text;
  }

  @Override
  Records records() {
    return records;
  }

  @Override
  Records again() {
    return Records.inText(kept, this::keep);
  }

  @Test
  void whatCouldNotBeKeptHasNotHappened() {
    var one = records.create(Remembered.fresh(Remembered.Type.USER, "one", "", Map.of("n", "1")));
    full = true;
    assertThatThrownBy(() -> records.update(one.with("n", "2")))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> records.delete(one)).isInstanceOf(UncheckedIOException.class);
    assertThat(records.find(Remembered.Type.USER, "one").orElseThrow().text("n")).isEqualTo("1");
    full = false;
    records.update(one.with("n", "3"));
    assertThat(again().find(Remembered.Type.USER, "one").orElseThrow().text("n")).isEqualTo("3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[]",
        "{}",
        "{\"records\":[{}]}",
        "{\"records\":[{\"name\":\"user.a\",\"type\":\"GHOST\",\"owner\":\"\",\"version\":1,\"fields\":{}}]}"
      })
  void aTextOfSomebodyElseIsRefused(String text) {
    assertThatThrownBy(() -> Records.inText(text, this::keep))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
