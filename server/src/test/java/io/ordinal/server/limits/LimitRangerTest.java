package io.ordinal.server.limits;

import static io.ordinal.server.registry.Api.at;
import static io.ordinal.server.registry.Api.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import io.ordinal.server.registry.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class LimitRangerTest {
  private static final String RANGES = "/api/v1/namespaces/default/limitranges";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";

  private final Api api = new Api().withPods();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void containersGetWhatTheyDoNotSay() {
    range("'type':'Container','default':{'cpu':'2','memory':'1Gi'},'defaultRequest':{'cpu':'1'}");
    var pod = pod("{'name':'a'},{'name':'b','resources':{'limits':{'cpu':'3'}}}", "{'name':'i'}");
    assertThat(at(pod, "spec.containers"))
        .contains(
            "\"resources\":{\"limits\":{\"cpu\":\"2\",\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}")
        .as("a request follows from the limit before any default")
        .contains(
            "\"resources\":{\"limits\":{\"cpu\":\"3\",\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"3\",\"memory\":\"1Gi\"}}");
    assertThat(Metadata.annotations(pod).get("kubernetes.io/limit-ranger"))
        .isEqualTo(
            "LimitRanger plugin set: cpu, memory request for container a; cpu, memory limit for container a; memory request for container b; memory limit for container b; cpu, memory request for init container i; cpu, memory limit for init container i");
    assertThat(at(pod, "status.qosClass")).isEqualTo("Burstable");
  }

  @Test
  void aPodIsGuaranteedByDefaultsToo() {
    range("'type':'Container','default':{'cpu':'2','memory':'1Gi'}");
    assertThat(at(pod("{'name':'a'}", ""), "status.qosClass")).isEqualTo("Guaranteed");
  }

  @Test
  void whatIsAskedForWinsOverDefaults() {
    range("'type':'Container','default':{'cpu':'2'},'defaultRequest':{'cpu':'1'}");
    var pod = pod("{'name':'a','resources':{'limits':{'cpu':'1'},'requests':{'cpu':'500m'}}}", "");
    assertThat(Metadata.annotations(pod)).doesNotContainKey("kubernetes.io/limit-ranger");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type':'Container','min':{'cpu':'1'} | {'requests':{'cpu':'500m'}} | minimum cpu usage per Container is 1, but request is 500m",
        "'type':'Container','max':{'cpu':'1'} | {'limits':{'cpu':'2'}} | maximum cpu usage per Container is 1, but limit is 2",
        "'type':'Container','max':{'cpu':'1','memory':'1Gi'} | {'limits':{'cpu':'2','memory':'2Gi'}} | [maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Container is 1Gi, but limit is 2Gi]",
        "'type':'Container','maxLimitRequestRatio':{'cpu':'2'} | {'limits':{'cpu':'5'},'requests':{'cpu':'2'}} | cpu max limit to request ratio per Container is 2, but provided ratio is 2.500000",
        "'type':'Container','maxLimitRequestRatio':{'cpu':'2'} | {'limits':{'cpu':'4'},'requests':{'cpu':'2'}} |",
        "'type':'Container','maxLimitRequestRatio':{'cpu':'2'} | {} | cpu max limit to request ratio per Container is 2, but no request is specified or request is 0",
        "'type':'Container','maxLimitRequestRatio':{'cpu':'2'} | {'requests':{'cpu':'1'}} | cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0",
        "'type':'Pod','min':{'cpu':'1'} | {} | minimum cpu usage per Pod is 1.  No request is specified",
        "'type':'Pod','max':{'cpu':'1'} | {} | maximum cpu usage per Pod is 1.  No limit is specified",
        "'type':'Pod','max':{'cpu':'3'} | {'limits':{'cpu':'2'}} | maximum cpu usage per Pod is 3, but limit is 4",
        "'type':'Pod','max':{'cpu':'4'} | {'limits':{'cpu':'2'}} |",
      })
  void podsOutsideOfTheRangeAreRefused(String limit, String resources, String why) {
    range(limit);
    var containers =
        "{'name':'a','resources':%1$s},{'name':'b','resources':%1$s}".formatted(resources);
    if (why == null) pod(containers, "");
    else {
      var status = refusal(() -> pod(containers, ""));
      assertThat(status.code()).isEqualTo(403);
      assertThat(status.message()).isEqualTo("pods \"p\" is forbidden: " + why);
    }
  }

  @Test
  void anInitContainerCountsWhenItIsTheHungriest() {
    range("'type':'Pod','max':{'cpu':'3'}");
    var status =
        refusal(() ->
            pod(
                "{'name':'a','resources':{'limits':{'cpu':'1'}}}",
                "{'name':'s','restartPolicy':'Always','resources':{'limits':{'cpu':'1'}}},{'name':'i','resources':{'limits':{'cpu':'3'}}}"));
    assertThat(status.message()).endsWith("maximum cpu usage per Pod is 3, but limit is 4");
  }

  @Test
  void claimsOutsideOfTheRangeAreRefused() {
    range("'type':'PersistentVolumeClaim','min':{'storage':'1Gi'},'max':{'storage':'5Gi'}");
    claim("fits", "5Gi");
    assertThat(refusal(() -> claim("c", "6Gi")).message())
        .isEqualTo(
            "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is 5Gi, but request is 6Gi");
    assertThat(refusal(() -> claim("c", "1Mi")).message())
        .isEqualTo(
            "persistentvolumeclaims \"c\" is forbidden: minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 1Mi");
  }

  @Test
  void aRangeHoldsAtOnceAndOnlyInItsNamespace() {
    api.post("/api/v1/namespaces", "{'metadata':{'name':'other'}}");
    claim("before", "6Gi");
    range("'type':'PersistentVolumeClaim','max':{'storage':'5Gi'}");
    assertThat(refusal(() -> claim("c", "6Gi")).code()).isEqualTo(403);
    api.post(CLAIMS.replace("default", "other"), claimOf("c", "6Gi"));
    api.merge(
        RANGES + "/r",
        "{'spec':{'limits':[{'type':'PersistentVolumeClaim','max':{'storage':'7Gi'}}]}}");
    claim("c", "6Gi");
    api.merge(CLAIMS + "/c", "{'metadata':{'labels':{'a':'b'}}}");
    api.delete(RANGES + "/r");
    claim("d", "8Gi");
  }

  @Test
  void aRangeIsKnownAfterARestart() {
    range("'type':'PersistentVolumeClaim','max':{'storage':'5Gi'}");
    try (var restarted = new Api(api.store, 2)) {
      assertThat(refusal(() -> restarted.post(CLAIMS, claimOf("c", "6Gi"))).code()).isEqualTo(403);
    }
  }

  private void range(String limit) {
    api.post(RANGES, "{'metadata':{'name':'r'},'spec':{'limits':[{%s}]}}".formatted(limit));
  }

  private ObjectNode pod(String containers, String initContainers) {
    return api.post(
        PODS,
        "{'metadata':{'name':'p'},'spec':{'containers':[%s],'initContainers':[%s]}}"
            .formatted(
                containers.replace("'name'", "'image':'x:1','name'"),
                initContainers.replace("'name'", "'image':'x:1','name'")));
  }

  private void claim(String name, String size) {
    api.post(CLAIMS, claimOf(name, size));
  }

  private static String claimOf(String name, String size) {
    return "{'metadata':{'name':'%s'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'%s'}}}}"
        .formatted(name, size);
  }
}
