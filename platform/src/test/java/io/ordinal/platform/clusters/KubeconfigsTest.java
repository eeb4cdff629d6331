package io.ordinal.platform.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ordinal.platform.answer.Refusal;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeconfigsTest {

  private static String kubeconfig(String cluster, String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: c
    contexts: [{name: c, context: {cluster: k, user: u}}]
    clusters: [{name: k, cluster: {%s}}]
    users: [{name: u, user: {%s}}]
    """
        .formatted(cluster, user);
  }

  @Test
  void aTokenAndAnAddressAreEnough() {
    var access = Kubeconfigs.read(kubeconfig("server: 'https://10.0.0.1:6443/'", "token: abc"));
    assertThat(access.server()).hasToString("https://10.0.0.1:6443");
    assertThat(access.token()).isEqualTo("abc");
    assertThat(access.toString()).doesNotContain("abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exec                       | server: 'https://a'                                  | exec: {apiVersion: client.authentication.k8s.io/v1, command: sh}",
        "auth-provider              | server: 'https://a'                                  | token: x, auth-provider: {name: gcp}",
        "client-certificate         | server: 'https://a'                                  | token: x, client-certificate: /etc/passwd",
        "client-key                 | server: 'https://a'                                  | token: x, client-key: /etc/shadow",
        "tokenFile                  | server: 'https://a'                                  | token: x, tokenFile: /var/run/secrets/token",
        "username                   | server: 'https://a'                                  | token: x, username: u, password: p",
        "as                         | server: 'https://a'                                  | token: x, as: admin",
        "user                       | server: 'https://a'                                  | {}",
        "token                      | server: 'https://a'                                  | token: 'x y'",
        "proxy-url                  | server: 'https://a', proxy-url: 'http://evil'        | token: x",
        "tls-server-name            | server: 'https://a', tls-server-name: b              | token: x",
        "certificate-authority      | server: 'https://a', certificate-authority: /etc/ssl | token: x",
        "insecure-skip-tls-verify   | server: 'https://a', insecure-skip-tls-verify: true  | token: x",
        "server                     | server: 'http://a'                                   | token: x",
        "server                     | server: 'file:///etc/passwd'                         | token: x",
        "server                     | server: 'https://u:p@a'                              | token: x",
        "server                     | server: 'https://a?b'                                | token: x",
      })
  void whatWouldActOrReadIsRefused(String field, String cluster, String user) {
    var text = kubeconfig(cluster, user.equals("{}") ? "" : user);
    var refusal = catchThrowableOfType(Refusal.class, () -> Kubeconfigs.read(text));
    assertThat(refusal.code()).isEqualTo(422);
    assertThat(refusal.causes()).extracting(Refusal.Cause::field).contains("kubeconfig." + field);
  }

  @ParameterizedTest
  @CsvSource({"''", "[]", "nonsense", "'a: *b'", "'kind: Config'", "'current-context: x'"})
  void whatIsNoKubeconfigIsSaidToBeNone(String text) {
    assertThat(catchThrowableOfType(Refusal.class, () -> Kubeconfigs.read(text)).code())
        .isEqualTo(422);
  }

  @Test
  void whatIsSealedOpensWithItsKeyForItsPurposeAlone() throws GeneralSecurityException {
    var random = new SecureRandom();
    var key = new byte[Seal.KEY_BYTES];
    random.nextBytes(key);
    var seal = new Seal(key, random);
    var sealed = seal.seal("secret", "cls-1");
    assertThat(seal.open(sealed, "cls-1")).isEqualTo("secret");
    assertThat(seal.seal("secret", "cls-1")).isNotEqualTo(sealed);
    Assertions.assertThatThrownBy(() -> seal.open(sealed, "cls-2"))
        .isInstanceOf(GeneralSecurityException.class);
    Assertions.assertThatThrownBy(() -> new Seal(new byte[32], random).open(sealed, "cls-1"))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
