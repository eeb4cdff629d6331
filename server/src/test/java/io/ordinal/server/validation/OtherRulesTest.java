package io.ordinal.server.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ordinal.server.registry.Api;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Objects that are no workloads → the causes of the refusal. `…` ends a cause whose rest does not
/// matter.
class OtherRulesTest {
  private static final String CLAIM =
      "{'metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}";
  private static final Map<String, String> PATHS =
      paths(
          "services", "/api/v1/namespaces/default/services",
          "claims", "/api/v1/namespaces/default/persistentvolumeclaims",
          "volumes", "/api/v1/persistentvolumes",
          "classes", "/apis/storage.k8s.io/v1/storageclasses",
          "budgets", "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
          "nodes", "/api/v1/nodes",
          "secrets", "/api/v1/namespaces/default/secrets",
          "leases", "/apis/coordination.k8s.io/v1/namespaces/default/leases",
          "endpoints", "/api/v1/namespaces/default/endpoints",
          "slices", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
          "revisions", "/apis/apps/v1/namespaces/default/controllerrevisions");

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "services | 'spec':{} | spec.ports: Required value",
        "services | 'spec':{'type':'Maybe','ports':[{'port':80}]} | spec.type: Unsupported value: \"Maybe\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
        "services | 'spec':{'ports':[{'port':0}]} | spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
        "services | 'spec':{'ports':[{'port':80},{'port':81}]} | spec.ports[0].name: Required value",
        "services | 'spec':{'ports':[{'port':80,'name':'a'},{'port':80,'name':'b'}]} | spec.ports[1]: Duplicate value: {\"protocol\":\"TCP\",\"port\":80}",
        "services | 'spec':{'ports':[{'port':80,'name':'a'},{'port':81,'name':'a'}]} | spec.ports[1].name: Duplicate value: \"a\"",
        "services | 'spec':{'ports':[{'port':80,'protocol':'X'}]} | spec.ports[0].protocol: Unsupported value: \"X\": supported values: \"SCTP\", \"TCP\", \"UDP\"",
        "services | 'spec':{'ports':[{'port':80,'targetPort':'A!'}]} | spec.ports[0].targetPort: Invalid value: \"A!\": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
        "services | 'spec':{'ports':[{'port':80,'nodePort':30000}]} | spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
        "services | 'spec':{'type':'NodePort','clusterIP':'None','ports':[{'port':80}]} | spec.clusterIPs[0]: Invalid value: \"None\": may not be set to 'None' for NodePort services",
        "services | 'spec':{'type':'ExternalName'} | spec.externalName: Required value",
        "services | 'spec':{'sessionAffinity':'Maybe','ports':[{'port':80}]} | spec.sessionAffinity: Unsupported value: \"Maybe\": supported values: \"ClientIP\", \"None\"",
        "services | 'spec':{'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':90000}},'ports':[{'port':80}]} | spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 90000: must be greater than 0 and less than 86400",
        "services | 'spec':{'selector':{'a':'b c'},'ports':[{'port':80}]} | spec.selector: Invalid value: \"b c\"…",
        "services | 'spec':{'clusterIP':'nonsense','ports':[{'port':80}]} | spec.clusterIPs[0]: Invalid value: \"nonsense\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        "services | 'spec':{'externalTrafficPolicy':'Local','ports':[{'port':80}]} | spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services",
        "services | 'spec':{'loadBalancerSourceRanges':['10.0.0.0/8'],'ports':[{'port':80}]} | spec.loadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
        "services | 'spec':{'externalIPs':['x'],'ports':[{'port':80}]} | spec.externalIPs[0]: Invalid value: \"x\"…",
        "claims | 'spec':{'resources':{'requests':{'storage':'1Gi'}}} | spec.accessModes: Required value: at least 1 access mode is required",
        "claims | 'spec':{'accessModes':['ReadWriteOnce']} | spec.resources[storage]: Required value",
        "claims | 'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'0'}}} | spec.resources[storage]: Invalid value: \"0\": must be greater than zero",
        "claims | 'spec':{'accessModes':['ReadWriteOncePod','ReadOnlyMany'],'resources':{'requests':{'storage':'1'}}} | spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
        "claims | 'spec':{'accessModes':['ReadWriteOnce'],'volumeMode':'x','resources':{'requests':{'storage':'1'}}} | spec.volumeMode: Unsupported value: \"x\": supported values: \"Block\", \"Filesystem\"",
        "volumes | 'spec':{'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'}} | spec.capacity: Required value",
        "volumes | 'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce']} | spec: Required value: must specify a volume type",
        "volumes | 'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'local':{'path':'/x'}} | spec.nodeAffinity: Required value: Local volume requires node affinity",
        "volumes | 'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'},'persistentVolumeReclaimPolicy':'x'} | spec.persistentVolumeReclaimPolicy: Unsupported value: \"x\": supported values: \"Delete\", \"Recycle\", \"Retain\"",
        "classes | 'parameters':{'a':'b'} | provisioner: Required value",
        "classes | 'provisioner':'p','volumeBindingMode':'x' | volumeBindingMode: Unsupported value: \"x\": supported values: \"Immediate\", \"WaitForFirstConsumer\"",
        "budgets | 'spec':{'minAvailable':1,'maxUnavailable':1} | spec: Invalid value: {\"minAvailable\":1,\"maxUnavailable\":1}: minAvailable and maxUnavailable cannot be both set",
        "budgets | 'spec':{'minAvailable':'101%'} | spec.minAvailable: Invalid value: \"101%\": must not be greater than 100%",
        "budgets | 'spec':{'minAvailable':-1} | spec.minAvailable: Invalid value: -1: must be greater than or equal to 0",
        "budgets | 'spec':{'maxUnavailable':'x'} | spec.maxUnavailable: Invalid value: \"x\": a valid percent string…",
        "nodes | 'spec':{'taints':[{'key':'a','effect':'x'}]} | spec.taints[0].effect: Unsupported value: \"x\": supported values: \"NoExecute\", \"NoSchedule\", \"PreferNoSchedule\"",
        "nodes | 'spec':{'taints':[{'key':'a','effect':'NoExecute'},{'key':'a','effect':'NoExecute'}]} | spec.taints[1]: Duplicate value: {\"effect\":\"NoExecute\",\"key\":\"a\"}…",
        "leases | 'spec':{'leaseDurationSeconds':0} | spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
        "leases | 'spec':{'leaseTransitions':-1} | spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0",
        "leases | 'spec':{'holderIdentity':''} | spec.holderIdentity: Invalid value: \"\": must not be empty",
        "endpoints | 'subsets':[{'ports':[{'port':80}]}] | subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`",
        "endpoints | 'subsets':[{'addresses':[{'ip':'127.0.0.1'}]}] | subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)",
        "slices | 'endpoints':[] | addressType: Required value",
        "slices | 'addressType':'IPv4','endpoints':[{'addresses':['fd00::1']}] | endpoints[0].addresses[0]: Invalid value: \"fd00::1\": must be an IPv4 address",
        "slices | 'addressType':'IPv4','endpoints':[{'addresses':[]}] | endpoints[0].addresses: Required value: must contain at least 1 address",
        "revisions | 'revision':-1,'data':{'a':1} | revision: Invalid value: -1: must be greater than or equal to 0",
        "secrets | 'type':'kubernetes.io/tls','data':{'tls.crt':'YQ=='} | data[tls.key]: Required value",
        "secrets | 'type':'kubernetes.io/dockerconfigjson','stringData':{'.dockerconfigjson':'{'} | data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid JSON",
        "secrets | 'type':'kubernetes.io/service-account-token' | metadata.annotations[kubernetes.io/service-account.name]: Required value",
        "secrets | 'data':{'a b':'YQ=='} | data[a b]: Invalid value: \"a b\": a valid config key must consist of…",
        "revisions | 'revision':1 | data: Required value: data is mandatory",
        "revisions | 'revision':1,'data':[1] | data: Invalid value: [1]: data must be a JSON object",
      })
  void newObjects(String kind, String fields, String cause) {
    var causes =
        Refused.because(() -> api.post(pathOf(kind), "{'metadata':{'name':'c'}," + fields + "}"));
    if (cause.endsWith("…")) {
      var start = cause.substring(0, cause.length() - 1);
      assertThat(causes)
          .anySatisfy(one -> assertThat(one).startsWith(start.replaceAll("\\{.*", "")));
    } else assertThat(causes).contains(cause);
  }

  @Test
  void v60ARevisionMayChangeItsNumberOnly() {
    var path = pathOf("revisions");
    api.post(path, "{'metadata':{'name':'r'},'revision':1,'data':{'a':1}}");
    assertThatCode(() -> api.merge(path + "/r", "{'revision':2}")).doesNotThrowAnyException();
    assertThat(Refused.because(() -> api.merge(path + "/r", "{'data':{'a':2}}")))
        .containsExactly("data: Invalid value: {\"a\":2}: field is immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'spec':{'accessModes':['ReadOnlyMany']}}",
        "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}",
        "{'spec':{'volumeMode':'Block'}}",
        "{'spec':{'selector':{'matchLabels':{'a':'b'}}}}",
      })
  void anUnboundClaimStaysAsItIs(String patch) {
    api.post(pathOf("claims"), CLAIM);
    assertThat(Refused.because(() -> api.merge(pathOf("claims") + "/c", patch)))
        .containsExactly(
            "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
  }

  @Test
  void aClaimIsGivenItsVolumeAndItsClassOnce() {
    api.post(pathOf("claims"), CLAIM);
    var path = pathOf("claims") + "/c";
    api.merge(path, "{'spec':{'storageClassName':'standard'}}");
    api.merge(path, "{'spec':{'volumeName':'pv'}}");
    assertThat(Refused.because(() -> api.merge(path, "{'spec':{'volumeName':'other'}}")))
        .hasSize(1);
    assertThat(Refused.because(() -> api.merge(path, "{'spec':{'storageClassName':'x'}}")))
        .hasSize(1);
  }

  @Test
  void aBoundClaimMayGrowAndNotShrink() {
    api.post(
        pathOf("classes"),
        "{'metadata':{'name':'grows'},'provisioner':'p','allowVolumeExpansion':true}");
    api.post(pathOf("claims"), CLAIM);
    var path = pathOf("claims") + "/c";
    api.merge(path, "{'spec':{'storageClassName':'grows'}}");
    api.merge(path, "{'spec':{'volumeName':'pv'}}");
    api.merge(path + "/status", "{'status':{'phase':'Bound','capacity':{'storage':'1Gi'}}}");
    assertThatCode(() -> api.merge(path, "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}"))
        .doesNotThrowAnyException();
    assertThat(
            Refused.because(
                () -> api.merge(path, "{'spec':{'resources':{'requests':{'storage':'512Mi'}}}}")))
        .containsExactly(
            "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity");
  }

  @Test
  void theSourceOfAVolumeStays() {
    var path = pathOf("volumes");
    api.post(
        path,
        "{'metadata':{'name':'pv'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],'hostPath':{'path':'/x'}}}");
    assertThat(
            Refused.because(() -> api.merge(path + "/pv", "{'spec':{'hostPath':{'path':'/y'}}}")))
        .containsExactly(
            "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation");
  }

  @Test
  void theAddressOfAServiceStays() {
    var path = pathOf("services");
    api.post(path, "{'metadata':{'name':'s'},'spec':{'ports':[{'port':80}]}}");
    assertThat(
            Refused.because(() ->
                api.merge(
                    path + "/s",
                    "{'spec':{'clusterIP':'10.96.0.77','clusterIPs':['10.96.0.77']}}")))
        .anySatisfy(cause -> assertThat(cause).endsWith("may not change once set"));
  }

  private static Map<String, String> paths(String... pairs) {
    var paths = new HashMap<String, String>();
    for (var i = 0; i < pairs.length; i += 2) paths.put(pairs[i], pairs[i + 1]);
    return paths;
  }

  private static String pathOf(String kind) {
    return PATHS.getOrDefault(kind, "");
  }
}
