package io.ordinal.platform.business;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose trouble a refusal is.
class UnreachableTest {

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 405, 410, 413, 422, 429, 500, 503})
  void whateverAClusterDoesNotTakeIsItsTrouble(int code) {
    assertThat(Unreachable.of(new KubernetesClientException("no", code, null)))
        .isInstanceOf(Unreachable.class)
        .hasMessage("no");
  }

  @Test
  void soIsNoAnswer() {
    assertThat(Unreachable.of(new KubernetesClientException("no route to host")))
        .isInstanceOf(Unreachable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void whatHasChangedMeanwhileIsLookedAtAgain(int code) {
    var refusal = new KubernetesClientException("changed", code, null);
    assertThat(Unreachable.of(refusal)).isSameAs(refusal);
  }
}
