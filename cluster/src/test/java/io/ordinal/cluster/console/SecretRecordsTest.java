package io.ordinal.cluster.console;

import io.ordinal.platform.records.Records;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// In Secrets of a real API server.
class SecretRecordsTest extends RecordsContract {

  @TempDir Path folder;
  private Api api;
  private Records records;

  @BeforeEach
  void open() {
    api = new Api(folder);
    records = Records.open(api.kube, Clock.systemUTC(), new Random(1));
  }

  @AfterEach
  void close() {
    records.close();
    api.close();
  }

  @Override
  Records records() {
    return records;
  }

  @Override
  Records again() {
    return Records.asking(api.kube, Clock.systemUTC(), new Random(2));
  }
}
