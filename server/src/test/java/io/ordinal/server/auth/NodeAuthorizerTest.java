package io.ordinal.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.server.Query;
import io.ordinal.server.Target;
import io.ordinal.server.User;
import io.ordinal.server.rbac.Action;
import io.ordinal.server.registry.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeAuthorizerTest {
  private static final User NODE = User.node("node-1");
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private final Api api = new Api().withPods();

  @BeforeEach
  void aPodRunsOnTheNode() {
    api.post(PODS, pod("mine"));
    api.post(PODS + "/mine/binding", "{'target':{'name':'node-1'}}");
    api.post(PODS, pod("other").replace("own", "foreign"));
    api.post(PODS + "/other/binding", "{'target':{'name':'node-2'}}");
    api.post(
        "/api/v1/persistentvolumes",
        "{'metadata':{'name':'vol'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':"
            + "['ReadWriteOnce'],'hostPath':{'path':'/x'},'claimRef':{'namespace':'default',"
            + "'name':'own-claim'}}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static String pod(String name) {
    return "{'metadata':{'name':'"
        + name
        + "'},'spec':{'imagePullSecrets':[{'name':'own-pull'}],'containers':[{'name':'c','image':'i',"
        + "'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'own-env','key':'k'}}}],"
        + "'envFrom':[{'configMapRef':{'name':'own-all'}}]}],'volumes':["
        + "{'name':'a','secret':{'secretName':'own-file'}},"
        + "{'name':'b','configMap':{'name':'own-map'}},"
        + "{'name':'c','persistentVolumeClaim':{'claimName':'own-claim'}},"
        + "{'name':'d','projected':{'sources':[{'secret':{'name':'own-part'}}]}}]}}";
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "GET, /api/v1/namespaces/default/secrets/own-pull, true",
    "GET, /api/v1/namespaces/default/secrets/own-env, true",
    "GET, /api/v1/namespaces/default/secrets/own-file, true",
    "GET, /api/v1/namespaces/default/secrets/own-part, true",
    "GET, /api/v1/namespaces/default/secrets?fieldSelector=metadata.name=own-file, true",
    "GET, /api/v1/namespaces/default/secrets/foreign-file, false",
    "GET, /api/v1/namespaces/kube-system/secrets/own-file, false",
    "GET, /api/v1/namespaces/default/secrets, false",
    "PUT, /api/v1/namespaces/default/secrets/own-file, false",
    "GET, /api/v1/namespaces/default/configmaps/own-map, true",
    "GET, /api/v1/namespaces/default/configmaps/own-all, true",
    "GET, /api/v1/namespaces/default/configmaps/kube-root-ca.crt, true",
    "GET, /api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt, false",
    "GET, /api/v1/namespaces/default/persistentvolumeclaims/own-claim, true",
    "PATCH, /api/v1/namespaces/default/persistentvolumeclaims/own-claim/status, true",
    "GET, /api/v1/namespaces/default/persistentvolumeclaims/foreign-claim, false",
    "GET, /api/v1/persistentvolumes/vol, true",
    "GET, /api/v1/persistentvolumes/none, false",
    "POST, /api/v1/namespaces/default/serviceaccounts/default/token, true",
    "POST, /api/v1/namespaces/default/serviceaccounts/robot/token, false",
    "GET, /api/v1/namespaces/default/pods/mine, true",
    "GET, /api/v1/namespaces/default/pods/other, false",
    "GET, /api/v1/pods?fieldSelector=spec.nodeName=node-1, true",
    "GET, /api/v1/pods?watch=1&fieldSelector=spec.nodeName=node-2, false",
    "GET, /api/v1/pods, false",
    "GET, /api/v1/nodes/node-1, true",
    "GET, /api/v1/nodes?watch=1&fieldSelector=metadata.name=node-1, true",
    "GET, /api/v1/nodes/node-2, false",
    "GET, /api/v1/nodes, false",
    "POST, /api/v1/nodes, true",
    "PATCH, /api/v1/nodes/node-1/status, true",
    "DELETE, /api/v1/nodes/node-1, false",
    "GET, /api/v1/services, true",
    "PUT, /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-1, true",
    "PUT, /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-2, false",
    "GET, /apis/coordination.k8s.io/v1/namespaces/kube-system/leases/node-1, false",
    "GET, /apis/apps/v1/statefulsets, false"
  })
  void aNodeDoesWhatItsPodsNeed(String method, String uri, boolean allowed) {
    assertThat(api.authorizer.allows(NODE, action(method, uri))).isEqualTo(allowed);
  }

  @Test
  void whatAPodNeededIsClosedWhenThePodIsGone() {
    var secret = action("GET", "/api/v1/namespaces/default/secrets/own-file");
    assertThat(api.authorizer.allows(NODE, secret)).isTrue();
    api.delete(PODS + "/mine", "{'gracePeriodSeconds':0}");
    assertThatThrownBy(() -> api.authorizer.check(NODE, secret))
        .hasMessage(
            "secrets \"own-file\" is forbidden: User \"system:node:node-1\" cannot get resource"
                + " \"secrets\" in API group \"\" in the namespace \"default\": no relationship"
                + " found between node 'node-1' and this object");
  }

  @Test
  void aPodThatIsMadeAgainElsewhereLeavesTheNodeNothing() {
    var secret = action("GET", "/api/v1/namespaces/default/secrets/own-file");
    assertThat(api.authorizer.allows(NODE, secret)).isTrue();
    api.delete(PODS + "/mine", "{'gracePeriodSeconds':0}");
    api.post(
        PODS,
        "{'metadata':{'name':'mine'},'spec':{'nodeName':'node-2','containers':[{'name':'c','image':'i'}],"
            + "'volumes':[{'name':'v','secret':{'secretName':'own-file'}}]}}");
    assertThat(api.authorizer.allows(NODE, secret)).isFalse();
    assertThat(api.authorizer.allows(User.node("node-2"), secret)).isTrue();
  }

  private static Action action(String method, String uri) {
    var mark = uri.indexOf('?');
    var query = mark < 0 ? Query.NONE : Query.parse(uri.substring(mark + 1));
    var path = mark < 0 ? uri : uri.substring(0, mark);
    return Action.OnResource.of(Target.parse(method, path, query).orElseThrow(), query);
  }
}
