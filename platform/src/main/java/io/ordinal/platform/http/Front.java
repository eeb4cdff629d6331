package io.ordinal.platform.http;

import io.ordinal.platform.answer.Refusal;
import java.io.IOException;

/// Answers requests.
@FunctionalInterface
public interface Front {
  /// Answers one request; may wait.
  ///
  /// @throws Refusal which becomes the answer
  void answer(Exchange exchange) throws IOException, InterruptedException;
}
