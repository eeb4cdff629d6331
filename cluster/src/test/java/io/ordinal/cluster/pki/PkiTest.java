package io.ordinal.cluster.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.cluster.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> NAMES = List.of("127.0.0.1", "kubernetes.default.svc");

  @TempDir Path folder;

  @Test
  void whatTheAuthoritySignedVerifies() throws GeneralSecurityException {
    var pki = at(START);
    var server = pki.server(Identity.API_SERVER, NAMES);
    server.certificate().verify(pki.authority().getPublicKey());
    assertThat(server.certificate().getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactlyElementsOf(NAMES);
  }

  @Test
  void theAdministratorIsInTheMastersGroup() {
    assertThat(at(START).client(Identity.ADMIN).certificate().getSubjectX500Principal().getName())
        .contains("CN=kubernetes-admin")
        .contains("O=system:masters");
  }

  @Test
  void certificatesStayFromStartToStart() {
    assertThat(serverAt(START, NAMES)).isEqualTo(serverAt(START.plus(Duration.ofDays(100)), NAMES));
  }

  @Test
  void aCertificateIsRenewedBeforeItEnds() {
    var first = serverAt(START, NAMES);
    assertThat(serverAt(START.plus(Duration.ofDays(340)), NAMES)).isNotEqualTo(first);
  }

  @Test
  void aFurtherNameMeansANewCertificate() {
    var first = serverAt(START, NAMES);
    assertThat(serverAt(START, List.of("127.0.0.1", "10.1.2.3"))).isNotEqualTo(first);
  }

  @Test
  void onlyTheOwnerReadsTheFiles() throws Exception {
    at(START).client(Identity.ADMIN);
    try (var files = Files.list(folder)) {
      assertThat(files)
          .hasSize(4)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    at(START);
    Files.writeString(folder.resolve("ca.crt"), "nonsense");
    assertThatThrownBy(() -> at(START)).hasMessageContaining("ca.crt");
  }

  @Test
  void halfAnAuthorityIsRefused() throws Exception {
    at(START);
    Files.delete(folder.resolve("ca.key"));
    assertThatThrownBy(() -> at(START))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("ca.key is missing beside ca.crt");
    assertThat(folder.resolve("ca.key")).doesNotExist();
  }

  @Test
  void halfOfTheSigningKeysIsRefused() throws Exception {
    var pki = at(START);
    pki.signingKeys();
    Files.delete(folder.resolve("sa.pub"));
    assertThatThrownBy(pki::signingKeys)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("sa.pub is missing beside sa.key");
  }

  private Pki at(Instant now) {
    return Pki.open(folder, InstantSource.fixed(now));
  }

  private Object serverAt(Instant now, List<String> names) {
    return at(now).server(Identity.API_SERVER, names).certificate();
  }
}
