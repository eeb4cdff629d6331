package io.ordinal.node.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.ordinal.kube.ObjectKey;
import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Ipv4;
import io.ordinal.node.network.Some;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AnswersTest {
  private static final long SEED = 7;
  private static final String NGINX = "nginx.default.svc.cluster.local.";

  private final Zone zone = new Zone("cluster.local", Ipv4.parse("10.2.0.10"), "default"::equals);
  private final List<String> askedOutside = new ArrayList<>();
  private final Answers answers =
      new Answers(
          zone,
          List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("10.2.0.0/16")),
          this::outside,
          RandomGeneratorFactory.of("L64X128MixRandom").create(SEED));

  private byte[] outside(byte[] question, boolean byTcp) throws IOException {
    var message = new Message(question);
    askedOutside.add(message.getQuestion().getName().toString());
    if (message.getQuestion().getName().toString().startsWith("silent")) {
      throw new IOException("nobody answers");
    }
    message.getHeader().setFlag(Flags.QR);
    message.addRecord(
        new ARecord(
            message.getQuestion().getName(),
            DClass.IN,
            60,
            Ipv4.parse("192.0.2.1").toInetAddress()),
        Section.ANSWER);
    return message.toWire();
  }

  @Test
  void aServiceHasItsClusterIp() throws IOException {
    add(Some.service("web", "10.2.0.5", "http", 80));
    assertThat(answer("web.default.svc.cluster.local.", Type.A)).containsExactly("10.2.0.5");
    assertThat(answer("WEB.Default.svc.cluster.LOCAL.", Type.A)).containsExactly("10.2.0.5");
    assertThat(answer("5.0.2.10.in-addr.arpa.", Type.PTR))
        .containsExactly("web.default.svc.cluster.local.");
  }

  @Test
  void aPodOfAStatefulSetHasItsName() throws IOException {
    addHeadless(
        Some.named("10.1.1.2", "node-1", "web-0"), Some.named("10.1.2.2", "node-2", "web-1"));
    assertThat(answer("web-1." + NGINX, Type.A)).containsExactly("10.1.2.2");
    assertThat(answer(NGINX, Type.A)).containsExactlyInAnyOrder("10.1.1.2", "10.1.2.2");
    assertThat(answer("2.1.1.10.in-addr.arpa.", Type.PTR)).containsExactly("web-0." + NGINX);
    assertThat(reply("web-2." + NGINX, Type.A).getHeader().getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void anEndpointWithoutANameIsFoundByItsAddress() throws IOException {
    addHeadless(Some.endpoint("10.1.1.2", "node-1"));
    assertThat(answer("10-1-1-2." + NGINX, Type.A)).containsExactly("10.1.1.2");
    assertThat(answer("2.1.1.10.in-addr.arpa.", Type.PTR)).isEmpty();
  }

  @Test
  void endpointsThatAreNotReadyHaveNoName() throws IOException {
    addHeadless(Some.leaving("10.1.1.2", "node-1", true).edit().withHostname("web-0").build());
    assertThat(reply("web-0." + NGINX, Type.A).getHeader().getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(reply(NGINX, Type.A).getHeader().getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void srvSaysPortsAndBringsTheAddressesAlong() throws IOException {
    addHeadless(
        Some.named("10.1.1.2", "node-1", "web-0"), Some.named("10.1.2.2", "node-2", "web-1"));
    for (var name : List.of("_web._tcp." + NGINX, NGINX)) {
      var reply = reply(name, Type.SRV);
      assertThat(reply.getSection(Section.ANSWER))
          .hasSize(2)
          .allSatisfy(record -> assertThat(((SRVRecord) record).getPort()).isEqualTo(8080));
      assertThat(reply.getSection(Section.ANSWER))
          .extracting(record -> ((SRVRecord) record).getTarget().toString())
          .containsExactlyInAnyOrder("web-0." + NGINX, "web-1." + NGINX);
      assertThat(reply.getSection(Section.ADDITIONAL)).hasSize(2);
    }
    assertThat(reply("_web._udp." + NGINX, Type.SRV).getHeader().getRcode())
        .isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void anExistingNameWithoutSuchRecordsIsNoError() throws IOException {
    add(Some.service("web", "10.2.0.5", "http", 80));
    for (var name :
        List.of(
            "web.default.svc.cluster.local.",
            "_tcp.web.default.svc.cluster.local.",
            "default.svc.cluster.local.",
            "svc.cluster.local.",
            "cluster.local.",
            "default.pod.cluster.local.")) {
      var reply = reply(name, Type.AAAA);
      assertThat(reply.getHeader().getRcode()).as(name).isEqualTo(Rcode.NOERROR);
      assertThat(reply.getSection(Section.ANSWER)).as(name).isEmpty();
      assertThat(reply.getSection(Section.AUTHORITY))
          .as(name)
          .singleElement()
          .satisfies(soa -> assertThat(soa.getType()).isEqualTo(Type.SOA));
    }
  }

  @Test
  void anUnknownNameOfOursIsAnsweredAtOnceAndForAll() throws IOException {
    var reply = reply("nobody.default.svc.cluster.local.", Type.A);
    assertThat(reply.getHeader().getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(reply.getSection(Section.AUTHORITY).getFirst().getTTL()).isLessThanOrEqualTo(5);
    assertThat(answers.isImmediate(query("nobody.default.svc.cluster.local.", Type.A).toWire()))
        .isTrue();
    assertThat(askedOutside).isEmpty();
  }

  @Test
  void anExternalNameIsFollowedToItsEnd() throws IOException {
    add(external("far", "example.org"));
    add(external("near", "web.default.svc.cluster.local"));
    add(Some.service("web", "10.2.0.5", "http", 80));
    assertThat(answer("far.default.svc.cluster.local.", Type.A))
        .containsExactly("example.org.", "192.0.2.1");
    assertThat(answer("near.default.svc.cluster.local.", Type.A))
        .containsExactly("web.default.svc.cluster.local.", "10.2.0.5");
    assertThat(answer("far.default.svc.cluster.local.", Type.CNAME))
        .containsExactly("example.org.");
    assertThat(answers.isImmediate(query("far.default.svc.cluster.local.", Type.A).toWire()))
        .isFalse();
    assertThat(answers.isImmediate(query("near.default.svc.cluster.local.", Type.A).toWire()))
        .isTrue();
  }

  @Test
  void anAliasOfItselfEnds() throws IOException {
    add(external("loop", "loop.default.svc.cluster.local"));
    assertThat(reply("loop.default.svc.cluster.local.", Type.A).getHeader().getRcode())
        .isEqualTo(Rcode.NOERROR);
  }

  @Test
  void otherNamesAreAskedOutside() throws IOException {
    assertThat(answer("example.org.", Type.A)).containsExactly("192.0.2.1");
    assertThat(reply("silent.example.org.", Type.A).getHeader().getRcode())
        .isEqualTo(Rcode.SERVFAIL);
    assertThat(answer("9.2.0.192.in-addr.arpa.", Type.PTR)).as("not our address").isNotEmpty();
    assertThat(askedOutside).hasSize(3);
  }

  @Test
  void podAddressesAndTheVersionHaveNames() throws IOException {
    assertThat(answer("10-1-1-7.default.pod.cluster.local.", Type.A)).containsExactly("10.1.1.7");
    assertThat(reply("10-1-1-7.nowhere.pod.cluster.local.", Type.A).getHeader().getRcode())
        .isEqualTo(Rcode.NXDOMAIN);
    assertThat(answer("dns-version.cluster.local.", Type.TXT)).containsExactly("1.1.0");
  }

  @Test
  void aServiceThatGoesTakesItsNamesAlong() throws IOException {
    add(Some.service("web", "10.2.0.5", "http", 80));
    zone.set(new ObjectKey("default", "web"), ServiceNames.NONE);
    assertThat(reply("web.default.svc.cluster.local.", Type.A).getHeader().getRcode())
        .isEqualTo(Rcode.NXDOMAIN);
    assertThat(reply("_tcp.web.default.svc.cluster.local.", Type.A).getHeader().getRcode())
        .isEqualTo(Rcode.NXDOMAIN);
    assertThat(answer("5.0.2.10.in-addr.arpa.", Type.PTR)).isEmpty();
  }

  @Test
  void manyAddressesAreShuffledAndCutWhereTheyDoNotFit() throws IOException {
    addHeadless(
        IntStream.range(2, 200)
            .mapToObj(i -> Some.named("10.1.1." + i, "node-1", "web-" + i))
            .toArray(Endpoint[]::new));
    var firsts = new HashSet<String>();
    for (var i = 0; i < 20; i++) {
      firsts.add(answer(NGINX, Type.A).getFirst());
    }
    assertThat(firsts).as("seed " + SEED).hasSizeGreaterThan(5);
    var small = answers.answer(query(NGINX, Type.A).toWire(), false).orElseThrow();
    assertThat(small).hasSizeLessThanOrEqualTo(512);
    assertThat(new Message(small).getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(
            new Message(answers.answer(query(NGINX, Type.A).toWire(), true).orElseThrow())
                .getSection(Section.ANSWER))
        .hasSize(198);
  }

  @Test
  void ednsIsUnderstood() throws IOException {
    add(Some.service("web", "10.2.0.5", "http", 80));
    var query = query("web.default.svc.cluster.local.", Type.A);
    query.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
    var reply = new Message(answers.answer(query.toWire(), false).orElseThrow());
    assertThat(reply.getOPT().getPayloadSize()).isEqualTo(Answers.LARGEST_DATAGRAM);
    var tooNew = query("web.default.svc.cluster.local.", Type.A);
    tooNew.addRecord(new OPTRecord(4096, 0, 1), Section.ADDITIONAL);
    assertThat(new Message(answers.answer(tooNew.toWire(), false).orElseThrow()).getRcode())
        .isEqualTo(Rcode.BADVERS);
  }

  @Test
  void nonsenseIsAnsweredShortly() throws IOException {
    assertThat(answers.answer(new byte[5], false)).isEmpty();
    var broken = query("a.", Type.A).toWire();
    broken[5] = 9;
    assertThat(new Message(answers.answer(broken, false).orElseThrow()).getHeader().getRcode())
        .isEqualTo(Rcode.FORMERR);
  }

  private void add(Service service) {
    zone.set(ObjectKey.of(service), ServiceNames.of(service, List.of(), "cluster.local"));
  }

  private void addHeadless(Endpoint... endpoints) {
    var service = Some.service("nginx", "None", "web", 80);
    zone.set(
        ObjectKey.of(service),
        ServiceNames.of(
            service,
            List.of(Some.slice("nginx", "web", 8080, List.of(endpoints))),
            "cluster.local"));
  }

  private static Service external(String name, String target) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withType("ExternalName")
        .withExternalName(target)
        .endSpec()
        .build();
  }

  private static Message query(String name, int type) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
  }

  private Message reply(String name, int type) throws IOException {
    return new Message(answers.answer(query(name, type).toWire(), true).orElseThrow());
  }

  private List<String> answer(String name, int type) throws IOException {
    return reply(name, type).getSection(Section.ANSWER).stream()
        .map(Record::rdataToString)
        .toList();
  }
}
