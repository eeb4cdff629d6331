package io.ordinal.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.TestAuthority;
import io.ordinal.server.User;
import io.ordinal.server.kinds.KindTable;
import io.ordinal.server.kinds.ServiceAddresses;
import io.ordinal.server.registry.Objects;
import io.ordinal.store.MemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private final Clock clock = Clock.systemUTC();
  private final TestAuthority authority = new TestAuthority("test-authority");

  @Test
  void aCertificateNamesUserAndGroups() {
    var issued = authority.issue("CN=jane,O=devs");
    var user = authenticator().authenticate(new Credentials(List.of(issued.certificate()), ""));
    assertThat(user.name()).isEqualTo("jane");
    assertThat(user.groups()).containsExactlyInAnyOrder("devs", User.AUTHENTICATED);
  }

  private Authenticator authenticator() {
    var kinds = KindTable.of(new ServiceAddresses("10.96.0.0/24", new Random(1)), clock);
    var objects = new StoredObjects(kinds, new Objects(MemoryStore.create()));
    var keys = new TokenKeys(TestAuthority.newKeys(), List.of());
    return new Authenticator(
        new ClientCertificates(List.of(authority.certificate()), clock),
        new ServiceAccountTokens(TokenConfig.of("https://issuer", keys), objects, clock));
  }
}
