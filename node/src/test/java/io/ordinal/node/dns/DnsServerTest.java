package io.ordinal.node.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ordinal.kube.ObjectKey;
import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Ipv4;
import io.ordinal.node.network.Some;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Two servers: one of ours, and one that plays the outside for it.
class DnsServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final DnsServer far = server("example.org", "192.0.2.1", List.of());
  private final DnsServer near = server("cluster.local", "10.2.0.5", far.addresses());

  private DnsServer server(String domain, String address, List<InetSocketAddress> upstreams) {
    var zone = new Zone(domain, Ipv4.parse("10.2.0.10"), _ -> true);
    var service = Some.service("web", address, "http", 80);
    zone.set(ObjectKey.of(service), ServiceNames.of(service, List.of(), domain));
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var answers =
        new Answers(
            zone,
            List.of(Cidr.parse("10.2.0.0/16")),
            new Upstreams(upstreams, PATIENCE, now::get),
            random);
    try {
      var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return DnsServer.start(List.of(any), answers, InetAddress::isLoopbackAddress);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void bothListen() {
    assertThat(near.addresses()).hasSize(1).isNotEqualTo(far.addresses());
  }

  @AfterEach
  void close() {
    near.close();
    far.close();
  }

  @Test
  void answersByBothTransports() throws IOException {
    for (var byTcp : List.of(false, true)) {
      assertThat(ask(near, "web.default.svc.cluster.local.", byTcp)).containsExactly("10.2.0.5");
    }
  }

  @Test
  void asksTheOutsideByBothTransports() throws IOException {
    for (var byTcp : List.of(false, true)) {
      assertThat(ask(near, "web.default.svc.example.org.", byTcp)).containsExactly("192.0.2.1");
    }
  }

  @Test
  void anUpstreamThatIsSilentRests() throws IOException {
    try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      var address = (InetSocketAddress) silent.getLocalSocketAddress();
      var upstreams = new Upstreams(List.of(address), Duration.ofMillis(100), now::get);
      var query = query("web.default.svc.example.org.").toWire();
      assertThat(catchThrowable(() -> upstreams.ask(query, false)).getSuppressed())
          .as("asked in vain")
          .hasSize(1);
      assertThatThrownBy(() -> upstreams.ask(query, false))
          .hasMessageContaining("in reach")
          .as("not asked again")
          .hasNoSuppressedExceptions();
    }
  }

  @Test
  void anUpstreamIsTriedAgainAfterItsRest() throws IOException {
    var dead = new InetSocketAddress(InetAddress.getLoopbackAddress(), closedPort());
    var upstreams = new Upstreams(List.of(dead, far.addresses().getFirst()), PATIENCE, now::get);
    var query = query("web.default.svc.example.org.").toWire();
    assertThat(new Message(upstreams.ask(query, false)).getSection(Section.ANSWER)).hasSize(1);
    now.set(Instant.EPOCH.plusSeconds(60));
    assertThat(new Message(upstreams.ask(query, false)).getSection(Section.ANSWER)).hasSize(1);
  }

  @Test
  void withoutAnOutsideItSaysSo() throws IOException {
    far.close();
    var reply =
        new Message(
            new Upstreams(near.addresses(), PATIENCE, now::get)
                .ask(query("nobody.example.org.").toWire(), false));
    assertThat(reply.getHeader().getRcode()).isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void theMachinesResolvConfNamesTheOutside(@TempDir Path folder) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("resolv.conf"),
            "# x\nsearch a b\nnameserver 192.0.2.53\nnameserver ::1\n");
    assertThat(ResolvConf.nameservers(file))
        .containsExactly(new InetSocketAddress("192.0.2.53", 53));
    assertThat(ResolvConf.nameservers(folder.resolve("none"))).isEmpty();
  }

  private static int closedPort() throws IOException {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Message query(String name) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
  }

  /// Our own client of upstreams serves as the test's resolver.
  private static List<String> ask(DnsServer server, String name, boolean byTcp) throws IOException {
    var client = new Upstreams(server.addresses(), PATIENCE, () -> Instant.EPOCH);
    return new Message(client.ask(query(name).toWire(), byTcp))
        .getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
  }
}
