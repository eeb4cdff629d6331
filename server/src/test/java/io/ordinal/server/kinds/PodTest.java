package io.ordinal.server.kinds;

import static io.ordinal.server.registry.Api.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Pods: defaults, admission, binding, eviction, cells (contract B8, G3, J, K).
class PodTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
  private final Api api = new Api().withPods();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void defaultsAreFilledIn() {
    var pod =
        api.post(
            PODS,
            "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'nginx','ports':[{'containerPort':80}],"
                + "'readinessProbe':{'httpGet':{'port':80}},'env':[{'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}}]},"
                + "{'name':'d','image':'nginx:1.27'},{'name':'e','image':'localhost:5000/x'},{'name':'f','image':'a@sha256:0'}],"
                + "'volumes':[{'name':'v'},{'name':'s','secret':{'secretName':'s'}}]}}");
    assertThat(at(pod, "spec.restartPolicy")).isEqualTo("Always");
    assertThat(at(pod, "spec.dnsPolicy")).isEqualTo("ClusterFirst");
    assertThat(at(pod, "spec.schedulerName")).isEqualTo("default-scheduler");
    assertThat(at(pod, "spec.terminationGracePeriodSeconds")).isEqualTo("30");
    assertThat(at(pod, "spec.securityContext")).isEqualTo("{}");
    assertThat(at(pod, "spec.enableServiceLinks")).isEqualTo("true");
    assertThat(at(pod, "spec.priority")).isEqualTo("0");
    assertThat(at(pod, "spec.preemptionPolicy")).isEqualTo("PreemptLowerPriority");
    assertThat(at(pod, "spec.serviceAccountName")).isEqualTo("default");
    assertThat(at(pod, "spec.serviceAccount")).isEqualTo("default");
    assertThat(at(pod, "status.phase")).isEqualTo("Pending");
    assertThat(at(pod, "status.qosClass")).isEqualTo("BestEffort");
    assertThat(at(pod, "metadata.generation")).isEqualTo("1");
    var containers = Tree.objects(pod, "spec", "containers");
    var first = containers.getFirst();
    assertThat(containers.stream().map(c -> at(c, "imagePullPolicy")))
        .containsExactly("Always", "IfNotPresent", "Always", "IfNotPresent");
    assertThat(at(first, "terminationMessagePath")).isEqualTo("/dev/termination-log");
    assertThat(at(first, "terminationMessagePolicy")).isEqualTo("File");
    assertThat(at(Tree.objects(first, "ports").getFirst(), "protocol")).isEqualTo("TCP");
    assertThat(at(first, "readinessProbe.httpGet.path")).isEqualTo("/");
    assertThat(at(first, "readinessProbe.httpGet.scheme")).isEqualTo("HTTP");
    assertThat(at(first, "readinessProbe.periodSeconds")).isEqualTo("10");
    assertThat(at(first, "readinessProbe.failureThreshold")).isEqualTo("3");
    assertThat(at(Tree.objects(first, "env").getFirst(), "valueFrom.fieldRef.apiVersion"))
        .isEqualTo("v1");
    var volumes = Tree.objects(pod, "spec", "volumes");
    assertThat(at(volumes.get(0), "emptyDir")).isEqualTo("{}");
    assertThat(at(volumes.get(1), "secret.defaultMode")).isEqualTo("420");
  }

  @Test
  void everyContainerCanReachTheApi() {
    var pod = api.post(PODS, pod("'containers':[{'name':'c','image':'i'}]"));
    var volume = Tree.objects(pod, "spec", "volumes").getFirst();
    assertThat(at(volume, "name")).matches("kube-api-access-[a-z0-9]{5}");
    assertThat(Tree.objects(volume, "projected", "sources")).hasSize(3);
    assertThat(
            at(
                Tree.objects(volume, "projected", "sources").getFirst(),
                "serviceAccountToken.expirationSeconds"))
        .isEqualTo("3607");
    var mount =
        Tree.objects(Tree.objects(pod, "spec", "containers").getFirst(), "volumeMounts").getFirst();
    assertThat(at(mount, "mountPath")).isEqualTo("/var/run/secrets/kubernetes.io/serviceaccount");
    var without =
        api.post(
            PODS,
            pod("'automountServiceAccountToken':false,'containers':[{'name':'c','image':'i'}]")
                .replace("'p'", "'q'"));
    assertThat(Tree.has(without, "spec", "volumes")).isFalse();
  }

  @Test
  void aMissingServiceAccountForbidsThePod() {
    var status =
        Api.refusal(() ->
            api.post(
                PODS, pod("'serviceAccountName':'x','containers':[{'name':'c','image':'i'}]")));
    assertThat(status.code()).isEqualTo(403);
    assertThat(status.message())
        .isEqualTo(
            "pods \"p\" is forbidden: error looking up service account default/x: serviceaccount \"x\" not found");
  }

  @Test
  void requestsFollowLimitsAndMakeTheQosClass() {
    var limited =
        api.post(
            PODS,
            pod(
                "'containers':[{'name':'c','image':'i','resources':{'limits':{'cpu':'500m','memory':'1Gi'}}}]"));
    assertThat(at(limited, "status.qosClass")).isEqualTo("Guaranteed");
    assertThat(
            at(Tree.objects(limited, "spec", "containers").getFirst(), "resources.requests.memory"))
        .isEqualTo("1Gi");
    api.delete(PODS + "/p");
    var requested =
        api.post(
            PODS,
            pod(
                "'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'1000m'}}}]"));
    assertThat(at(requested, "status.qosClass")).isEqualTo("Burstable");
    assertThat(
            at(Tree.objects(requested, "spec", "containers").getFirst(), "resources.requests.cpu"))
        .isEqualTo("1");
  }

  @Test
  void priorityComesFromItsClass() {
    var critical =
        api.post(
            PODS,
            pod(
                "'priorityClassName':'system-node-critical','containers':[{'name':'c','image':'i'}]"));
    assertThat(at(critical, "spec.priority")).isEqualTo("2000001000");
    api.delete(PODS + "/p");
    api.post(
        "/apis/scheduling.k8s.io/v1/priorityclasses",
        "{'metadata':{'name':'usual'},'value':7,'globalDefault':true}");
    var usual = api.post(PODS, pod("'containers':[{'name':'c','image':'i'}]"));
    assertThat(at(usual, "spec.priority")).isEqualTo("7");
    assertThat(at(usual, "spec.priorityClassName")).isEqualTo("usual");
    assertThat(
            Api.refusal(() ->
                    api.post(
                        PODS,
                        pod("'priorityClassName':'x','containers':[{'name':'c','image':'i'}]")))
                .message())
        .contains("no PriorityClass with name x was found");
  }

  @Test
  void lostNodesAreToleratedForFiveMinutes() {
    var pod = api.post(PODS, pod("'containers':[{'name':'c','image':'i'}]"));
    assertThat(
            Tree.objects(pod, "spec", "tolerations").stream()
                .map(t -> at(t, "key") + at(t, "tolerationSeconds")))
        .containsExactly("node.kubernetes.io/not-ready300", "node.kubernetes.io/unreachable300");
  }

  @Test
  void aPodIsBoundOnce() {
    api.post(PODS, pod("'containers':[{'name':'c','image':'i'}]"));
    assertThat(at(api.post(PODS + "/p/binding", "{'target':{'kind':'Node','name':'n'}}"), "status"))
        .isEqualTo("Success");
    var pod = api.get(PODS + "/p");
    assertThat(at(pod, "spec.nodeName")).isEqualTo("n");
    assertThat(at(pod, "metadata.generation")).isEqualTo("1");
    assertThat(at(pod, "status.conditions"))
        .contains("\"type\":\"PodScheduled\",\"status\":\"True\"");
    var status = Api.refusal(() -> api.post(PODS + "/p/binding", "{'target':{'name':'m'}}"));
    assertThat(status.code()).isEqualTo(409);
    assertThat(status.message()).contains("pod p is already assigned to node \"n\"");
    assertThat(Api.refusal(() -> api.post(PODS + "/p/binding", "{'target':{}}")).code())
        .isEqualTo(422);
  }

  @Test
  void onlyTheImageChangesInARunningPod() {
    api.post(PODS, pod("'containers':[{'name':'c','image':'i:1'}]"));
    var changed =
        api.strategic(PODS + "/p", "{'spec':{'containers':[{'name':'c','image':'i:2'}]}}");
    assertThat(at(changed, "metadata.generation")).isEqualTo("2");
    var status = Api.refusal(() -> api.merge(PODS + "/p", "{'spec':{'nodeName':'n'}}"));
    assertThat(status.code()).isEqualTo(422);
    assertThat(status.message())
        .startsWith(
            "Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than");
  }

  @Test
  void aBudgetThatIsSpentRefusesTheEviction() {
    running("p");
    running("q");
    var budget =
        api.post(
            BUDGETS,
            "{'metadata':{'name':'b'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'app':'x'}}}}");
    var unseen = Api.refusal(() -> evict("p"));
    assertThat(unseen.code()).isEqualTo(429);
    assertThat(unseen.details().causes().getFirst().reason()).isEqualTo("DisruptionBudget");
    assertThat(unseen.details().retryAfterSeconds()).isEqualTo(10);
    api.merge(
        BUDGETS + "/b/status",
        "{'status':{'observedGeneration':"
            + at(budget, "metadata.generation")
            + ",'disruptionsAllowed':1,'desiredHealthy':1,'currentHealthy':2,'expectedPods':2}}");
    var another = Api.refusal(() -> evict("p", ",'deleteOptions':{'preconditions':{'uid':'u'}}"));
    assertThat(another.code()).isEqualTo(409);
    assertThat(at(api.get(BUDGETS + "/b"), "status.disruptedPods.p")).isEmpty();
    assertThat(at(evict("p"), "status")).isEqualTo("Success");
    assertThat(at(api.get(PODS + "/p"), "status.conditions")).contains("EvictionByEvictionAPI");
    assertThat(at(api.get(PODS + "/p"), "metadata.deletionTimestamp")).isNotEmpty();
    assertThat(at(api.get(BUDGETS + "/b"), "status.disruptedPods.p")).isNotEmpty();
    var spent = Api.refusal(() -> evict("q"));
    assertThat(spent.message())
        .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(spent.details().causes().getFirst().message())
        .isEqualTo("The disruption budget b needs 1 healthy pods and has 2 currently");
  }

  @Test
  void aPendingPodIsEvictedWithoutABudget() {
    api.post(PODS, pod("'containers':[{'name':'c','image':'i'}]"));
    api.post(BUDGETS, "{'metadata':{'name':'b'},'spec':{'minAvailable':1,'selector':{}}}");
    evict("p");
    assertThat(api.names(PODS)).isEmpty();
  }

  static Stream<Arguments> cells() {
    var c1 = "'spec':{'containers':[{'name':'a'}]}";
    var init = "'spec':{'initContainers':[{'name':'i'},{'name':'j'}],'containers':[{'name':'a'}]}";
    return Stream.of(
        Arguments.of("0/1 Pending 0", "{" + c1 + ",'status':{'phase':'Pending'}}"),
        Arguments.of(
            "0/1 ContainerCreating 0",
            "{"
                + c1
                + ",'status':{'phase':'Pending','containerStatuses':[{'name':'a','state':{'waiting':{'reason':'ContainerCreating'}}}]}}"),
        Arguments.of(
            "1/1 Running 0",
            "{"
                + c1
                + ",'status':{'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}}]}}"),
        Arguments.of(
            "0/1 CrashLoopBackOff 3 (10s ago)",
            "{"
                + c1
                + ",'status':{'phase':'Running','containerStatuses':[{'name':'a','restartCount':3,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':{'finishedAt':'2026-01-01T00:00:00Z'}}}]}}"),
        Arguments.of(
            "0/1 Completed 0",
            "{"
                + c1
                + ",'status':{'phase':'Succeeded','containerStatuses':[{'name':'a','state':{'terminated':{'reason':'Completed','exitCode':0}}}]}}"),
        Arguments.of(
            "0/1 ExitCode:3 0",
            "{"
                + c1
                + ",'status':{'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':3}}}]}}"),
        Arguments.of(
            "0/1 Evicted 0", "{" + c1 + ",'status':{'phase':'Failed','reason':'Evicted'}}"),
        Arguments.of(
            "0/1 Init:1/2 0",
            "{"
                + init
                + ",'status':{'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'terminated':{'exitCode':0}}},{'name':'j','state':{'running':{}}}]}}"),
        Arguments.of(
            "0/1 Init:Error 0",
            "{"
                + init
                + ",'status':{'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'terminated':{'exitCode':1,'reason':'Error'}}}]}}"),
        Arguments.of(
            "0/1 SchedulingGated 0",
            "{"
                + c1
                + ",'status':{'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'SchedulingGated'}]}}"),
        Arguments.of(
            "1/1 Terminating 0",
            "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'},"
                + c1
                + ",'status':{'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}}]}}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void oneWordSaysWhatAPodGoesThrough(String expected, String pod) {
    ObjectNode object = Json.parse(pod.replace('\'', '"'));
    var row =
        api.registry
            .printer("", "v1", "pods")
            .orElseThrow()
            .row(object, Instant.parse("2026-01-01T00:00:10Z"));
    var shown = List.of(row.cells().get(1), row.cells().get(2), row.cells().get(3));
    assertThat(shown.stream().map(cell -> cell.asString("")).toList())
        .isEqualTo(List.of(expected.split(" ", 3)));
  }

  private ObjectNode evict(String name) {
    return evict(name, "");
  }

  private ObjectNode evict(String name, String more) {
    return api.post(
        PODS + "/" + name + "/eviction",
        "{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'"
            + name
            + "'}"
            + more
            + "}");
  }

  private void running(String name) {
    api.post(
        PODS,
        pod("'nodeName':'n','containers':[{'name':'c','image':'i'}]")
            .replace("'p'", "'" + name + "'"));
    api.merge(
        PODS + "/" + name + "/status",
        "{'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}");
  }

  private static String pod(String spec) {
    return "{'metadata':{'name':'p','labels':{'app':'x'}},'spec':{" + spec + "}}";
  }
}
