package io.ordinal.server.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.Status;
import io.ordinal.server.registry.Api;
import java.util.List;

/// What is wrong with an object, as a client reads it.
final class Refused {
  private Refused() {}

  /// The causes of a refusal, each as `<field>: <message>`.
  static List<String> because(Runnable request) {
    var status = Api.refusal(request);
    assertThat(status.code()).as(status.message()).isEqualTo(422);
    return causes(status);
  }

  private static List<String> causes(Status status) {
    var details = status.details();
    if (details == null) throw new AssertionError("no causes: " + status);
    return details.causes().stream().map(cause -> cause.field() + ": " + cause.message()).toList();
  }
}
