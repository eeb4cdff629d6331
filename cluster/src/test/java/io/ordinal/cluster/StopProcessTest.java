package io.ordinal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopProcessTest {

  @Test
  void saysWhatCameToAnEndAndHalts() {
    var err = new ByteArrayOutputStream();
    var codes = new ArrayList<Integer>();
    new StopProcess(new PrintStream(err, true, StandardCharsets.UTF_8), codes::add)
        .ended("committing writes", new OutOfMemoryError("Java heap space"));
    assertThat(codes).isEqualTo(List.of(StopProcess.EXIT_CODE));
    assertThat(err.toString(StandardCharsets.UTF_8).lines().toList())
        .singleElement()
        .asString()
        .startsWith("ordinal: stopped, as committing writes came to an end")
        .contains("Java heap space");
  }
}
