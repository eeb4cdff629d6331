package io.ordinal.controllers.endpoints;

import static io.ordinal.controllers.endpoints.SlicePlanTest.pod;
import static io.ordinal.controllers.endpoints.SlicePlanTest.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointsObjectTest {
  private static final String WEB =
      "clusterIP: None, selector: {app: web}, ports: [{name: web, port: 80}]";

  @Test
  void readyAndNotReadyAreToldApart() {
    var object =
        EndpointsObject.missing(
                service(WEB), List.of(pod(0, "True", ""), pod(1, "False", "")), Optional.empty())
            .orElseThrow();
    var subset = object.getSubsets().getFirst();
    assertThat(subset.getAddresses()).extracting(a -> a.getHostname()).containsExactly("web-0");
    assertThat(subset.getNotReadyAddresses())
        .extracting(a -> a.getHostname())
        .containsExactly("web-1");
    assertThat(subset.getPorts()).extracting(p -> p.getPort()).containsExactly(80);
  }

  @Test
  void whatIsRightIsNotWritten() {
    var pods = List.of(pod(0, "True", ""));
    var object = EndpointsObject.missing(service(WEB), pods, Optional.empty());
    assertThat(EndpointsObject.missing(service(WEB), pods, object)).isEmpty();
  }

  @Test
  void aServiceWithoutBackendsHasAnEmptyObject() {
    assertThat(
            EndpointsObject.missing(service(WEB), List.of(), Optional.empty())
                .orElseThrow()
                .getSubsets())
        .isEmpty();
  }

  @Test
  void moreThanAThousandAreCutAndMarked() {
    var pods = IntStream.range(0, 1_010).mapToObj(i -> pod(i, "True", "")).toList();
    var object = EndpointsObject.missing(service(WEB), pods, Optional.empty()).orElseThrow();
    assertThat(object.getSubsets().getFirst().getAddresses()).hasSize(1_000);
    assertThat(object.getMetadata().getAnnotations())
        .containsEntry("endpoints.kubernetes.io/over-capacity", "truncated");
  }
}
