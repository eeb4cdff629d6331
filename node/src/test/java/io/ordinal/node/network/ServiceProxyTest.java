package io.ordinal.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.kube.Informer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ServiceProxyTest {
  private static final Endpoint ONE = Some.endpoint("10.1.1.2", "node-1");
  private static final Endpoint TWO = Some.endpoint("10.1.2.2", "node-2");

  private final Informer<Service> services = new Informer<>(Service.class);
  private final Informer<EndpointSlice> slices = new Informer<>(EndpointSlice.class);
  private final AtomicBoolean heardAll = new AtomicBoolean(true);
  private final AtomicBoolean kernelRefuses = new AtomicBoolean();
  private final AtomicBoolean flushed = new AtomicBoolean();
  private final List<String> scripts = new ArrayList<>();
  private final ServiceProxy proxy =
      new ServiceProxy(
          Some.layout(),
          new ServiceInformers(services, slices, heardAll::get),
          new Kernel(),
          (_, _) -> {});

  /// Notes what it is told, and may have lost it.
  private final class Kernel implements PacketFilter {
    @Override
    public void apply(String script) throws IOException {
      if (kernelRefuses.get()) {
        throw new IOException("no");
      }
      scripts.add(script);
      flushed.set(false);
    }

    @Override
    public boolean has(String table) {
      return !flushed.get();
    }
  }

  @Test
  void rulesThatSomebodyFlushedAreAppliedAgain() throws IOException {
    apply("web", 80, ONE);
    proxy.step();
    proxy.lookAfterKernel();
    assertThat(proxy.step()).as("nothing was lost").isFalse();
    flushed.set(true);
    proxy.lookAfterKernel();
    assertThat(proxy.step()).isTrue();
    assertThat(scripts).hasSize(2);
    assertThat(scripts.getLast()).contains("delete table", "10.1.1.2:8080");
  }

  @Test
  void aServiceThatCannotBeUnderstoodHarmsNoOther() throws IOException {
    var broken = service("broken", 81);
    broken.getSpec().setPorts(null);
    services.apply(broken);
    apply("web", 80, ONE);
    assertThat(proxy.step()).isTrue();
    assertThat(scripts.getLast()).contains("10.1.1.2:8080");
  }

  @Test
  void nothingIsAppliedBeforeEverythingWasHeard() throws IOException {
    heardAll.set(false);
    apply("web", 80, ONE);
    assertThat(proxy.step()).isFalse();
    heardAll.set(true);
    assertThat(proxy.step()).isTrue();
    assertThat(scripts)
        .singleElement()
        .asString()
        .startsWith("add table ip ordinal-")
        .contains("delete table", "10.1.1.2:8080");
    assertThat(proxy.settled()).isTrue();
  }

  @Test
  void aChangeIsAppliedAsItsDifference() throws IOException {
    apply("web", 80, ONE);
    apply("other", 81, ONE);
    proxy.step();
    apply("web", 80, ONE, TWO);
    proxy.step();
    assertThat(scripts.getLast())
        .contains("flush chain", "numgen random mod 2", "10.1.2.2 . 10.1.2.2")
        .doesNotContain("delete table", "other");
  }

  @Test
  void whatChangesNothingForTheKernelIsNotApplied() throws IOException {
    apply("web", 80, ONE);
    proxy.step();
    services.apply(
        service("web", 80).edit().editMetadata().addToLabels("a", "b").endMetadata().build());
    assertThat(proxy.step()).isTrue();
    assertThat(proxy.step()).isFalse();
    assertThat(scripts).hasSize(1);
  }

  @Test
  void aServiceThatGoesTakesItsChainsAlong() throws IOException {
    apply("web", 80, ONE);
    proxy.step();
    services.remove(service("web", 80));
    proxy.step();
    assertThat(scripts.getLast())
        .contains("delete element", "delete chain")
        .doesNotContain("add chain");
  }

  @Test
  void afterAFailureTheWholeTableIsMadeAnew() throws IOException {
    apply("web", 80, ONE);
    proxy.step();
    kernelRefuses.set(true);
    apply("web", 80, TWO);
    assertThatThrownBy(proxy::step).hasMessage("no");
    assertThat(proxy.settled()).isFalse();
    kernelRefuses.set(false);
    assertThat(proxy.step()).isTrue();
    assertThat(scripts.getLast())
        .contains("delete table", "10.1.2.2:8080")
        .doesNotContain("10.1.1.2");
  }

  @Test
  void hostPortsComeAndGo() throws IOException {
    proxy.step();
    var rules = new RuleSet.Builder();
    rules.hostPorts.put(
        new Frontend(Some.layout().nodes().getFirst().address(), Protocol.TCP, 8080),
        new Backend(Some.layout().pods().address(300), 80));
    proxy.setHostPorts("uid", rules.build());
    proxy.step();
    assertThat(scripts.getLast())
        .contains("add element", "host-ports { 10.1.0.1 . tcp . 8080 : 10.1.1.44 . 80 }");
    proxy.setHostPorts("uid", RuleSet.EMPTY);
    proxy.step();
    assertThat(scripts.getLast()).contains("delete element");
  }

  private void apply(String name, int port, Endpoint... endpoints) {
    services.apply(service(name, port));
    slices.apply(Some.slice(name, "http", 8080, List.of(endpoints)));
  }

  private static Service service(String name, int port) {
    return Some.service(name, "10.2.0." + port, "http", port);
  }
}
