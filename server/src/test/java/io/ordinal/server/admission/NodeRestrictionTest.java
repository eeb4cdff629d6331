package io.ordinal.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.User;
import io.ordinal.server.registry.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the rules of a node let pass, and what must not be done all the same.
class NodeRestrictionTest {
  private static final User NODE = User.node("node-1");
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String NODES = "/api/v1/nodes";
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

  private final Api api = new Api().withPods();

  @BeforeEach
  void podsRunOnTwoNodes() {
    for (var node : new String[] {"node-1", "node-2"}) {
      api.post(NODES, "{'metadata':{'name':'" + node + "'}}");
      api.post(
          PODS,
          "{'metadata':{'name':'on-%s','labels':{'a':'b'}},'spec':{'nodeName':'%s','containers':[{'name':'c','image':'i'}]}}"
              .formatted(node, node));
    }
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aNodeReportsAndEndsItsOwnPods() {
    patch(PODS + "/on-node-1/status", "{'status':{'phase':'Running'}}");
    as("DELETE", PODS + "/on-node-1", "{'gracePeriodSeconds':0}");
    assertThat(api.names(PODS)).containsExactly("on-node-2");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PATCH | /api/v1/namespaces/default/pods/on-node-2/status | {'status':{'phase':'Failed'}} |"
            + " can only update pod status for pods with spec.nodeName set to itself",
        "PATCH | /api/v1/namespaces/default/pods/on-node-1/status | {'metadata':{'labels':{'a':'c'}}}"
            + " | cannot update labels through pod status",
        "DELETE | /api/v1/namespaces/default/pods/on-node-2 | {} |"
            + " can only delete pods with spec.nodeName set to itself",
        "POST | /api/v1/namespaces/default/pods | {'metadata':{'name':'p'},'spec':{'containers':"
            + "[{'name':'c','image':'i'}]}} | can only create mirror pods",
        "POST | /api/v1/namespaces/default/pods | {'metadata':{'name':'p','annotations':"
            + "{'kubernetes.io/config.mirror':'x'}},'spec':{'nodeName':'node-1','containers':"
            + "[{'name':'c','image':'i','envFrom':[{'secretRef':{'name':'s'}}]}]}} |"
            + " can not create pods that reference secrets, config maps, claims or a service account",
        "POST | /api/v1/namespaces/default/pods | {'metadata':{'name':'p','annotations':"
            + "{'kubernetes.io/config.mirror':'x'}},'spec':{'nodeName':'node-1',"
            + "'serviceAccountName':'default','containers':[{'name':'c','image':'i'}]}} |"
            + " can not create pods that reference secrets, config maps, claims or a service account",
        "POST | /api/v1/nodes | {'metadata':{'name':'node-3'}} |"
            + " is not allowed to modify node \"node-3\"",
        "PATCH | /api/v1/nodes/node-2 | {'metadata':{'labels':{'a':'b'}}} |"
            + " is not allowed to modify node \"node-2\"",
        "PATCH | /api/v1/nodes/node-1 | {'spec':{'taints':[]}} | is not allowed to modify taints",
        "PATCH | /api/v1/nodes/node-1 | {'metadata':{'labels':"
            + "{'node-restriction.kubernetes.io/a':'b'}}} |"
            + " is not allowed to modify labels: node-restriction.kubernetes.io/a",
        "POST | /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases |"
            + " {'metadata':{'name':'node-2'}} | can only access the lease of its own name"
      })
  void aNodeTouchesNothingOfOthers(String method, String path, String body, String why) {
    var refusal = Api.refusal(() -> as(method, path, body));
    assertThat(refusal.code()).isEqualTo(403);
    assertThat(refusal.message()).contains("is forbidden: ").contains(why);
  }

  @Test
  void aNodeLabelsItselfWithWhatItKnows() {
    patch(
        NODES + "/node-1",
        "{'metadata':{'labels':{'kubernetes.io/os':'linux','node.kubernetes.io/x':'y','acme.com/a':'b'}}}");
    as("POST", LEASES, "{'metadata':{'name':'node-1'}}");
    assertThat(Api.at(api.get(NODES + "/node-1"), "metadata.labels")).contains("acme.com/a");
  }

  @Test
  void aMirrorPodGetsNoAccount() {
    as(
        "POST",
        PODS,
        "{'metadata':{'name':'p','annotations':{'kubernetes.io/config.mirror':'x'}},"
            + "'spec':{'nodeName':'node-1','containers':[{'name':'c','image':'i'}]}}");
    var pod = api.get(PODS + "/p");
    assertThat(Api.at(pod, "spec.serviceAccountName")).isEmpty();
    assertThat(Api.at(pod, "spec.volumes")).isEmpty();
  }

  private void patch(String path, String json) {
    as("PATCH", path, json);
  }

  private void as(String method, String path, String json) {
    var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    api.callAs(NODE, method, path, type, json);
  }
}
