package io.ordinal.server.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ordinal.server.registry.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Fields of a pod and of its container → the causes of the refusal. `…` ends a cause whose rest
/// does not matter.
class PodRulesTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private final Api api = new Api().withPods();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'name':'' | name: Required value",
        "'name':'A' | name: Invalid value: \"A\": a lowercase RFC 1123 label must consist of…",
        "'image':'' | image: Required value",
        "'image':' i' | image: Invalid value: \" i\": must not have leading or trailing whitespace",
        "'imagePullPolicy':'Sometimes' | imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\"",
        "'terminationMessagePolicy':'x' | terminationMessagePolicy: Unsupported value: \"x\"…",
        "'ports':[{'containerPort':0}] | ports[0].containerPort: Required value",
        "'ports':[{'containerPort':70000}] | ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
        "'ports':[{'containerPort':80,'protocol':'HTTP'}] | ports[0].protocol: Unsupported value: \"HTTP\": supported values: \"SCTP\", \"TCP\", \"UDP\"",
        "'ports':[{'containerPort':80,'name':'a-very-long-name'}] | ports[0].name: Invalid value: \"a-very-long-name\": must be no more than 15 bytes",
        "'ports':[{'containerPort':80,'name':'80'}] | ports[0].name: Invalid value: \"80\": must contain at least one letter (a-z)",
        "'ports':[{'containerPort':80,'name':'a'},{'containerPort':81,'name':'a'}] | ports[1].name: Duplicate value: \"a\"",
        "'ports':[{'containerPort':80,'hostPort':8080},{'containerPort':81,'hostPort':8080}] | ports[1].hostPort: Duplicate value: \"TCP//8080\"",
        "'ports':[{'containerPort':80,'hostPort':8080,'hostIP':'x'}] | ports[0].hostIP: Invalid value: \"x\": must be a valid IP address…",
        "'env':[{'name':''}] | env[0].name: Required value",
        "'env':[{'name':'a=b'}] | env[0].name: Invalid value: \"a=b\": a valid environment variable name…",
        "'env':[{'name':'A','value':'x','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}}] | env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty",
        "'env':[{'name':'A','valueFrom':{}}] | env[0].valueFrom: Invalid value: \"\": must specify one of…",
        "'env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'spec.foo'}}}] | env[0].valueFrom.fieldRef.fieldPath: Unsupported value: \"spec.foo\"…",
        "'env':[{'name':'A','valueFrom':{'resourceFieldRef':{'resource':'limits.foo'}}}] | env[0].valueFrom.resourceFieldRef.resource: Unsupported value: \"limits.foo\"…",
        "'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':''}}}] | env[0].valueFrom.secretKeyRef.key: Required value",
        "'envFrom':[{'configMapRef':{'name':''}}] | envFrom[0].configMapRef.name: Required value",
        "'envFrom':[{}] | envFrom[0]: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`",
        "'volumeMounts':[{'name':'v','mountPath':''}] | volumeMounts[0].mountPath: Required value",
        "'volumeMounts':[{'name':'x','mountPath':'/x'}] | volumeMounts[0].name: Not found: \"x\"",
        "'volumeMounts':[{'name':'v','mountPath':'/x'},{'name':'v','mountPath':'/x'}] | volumeMounts[1].mountPath: Invalid value: \"/x\": must be unique",
        "'volumeMounts':[{'name':'v','mountPath':'/x','subPath':'../y'}] | volumeMounts[0].subPath: Invalid value: \"../y\": must not contain '..'",
        "'volumeMounts':[{'name':'v','mountPath':'/x','subPath':'/y'}] | volumeMounts[0].subPath: Invalid value: \"/y\": must be a relative path",
        "'volumeMounts':[{'name':'v','mountPath':'/x','mountPropagation':'Bidirectional'}] | volumeMounts[0].mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers",
        "'volumeDevices':[{'name':'v','devicePath':'/dev/x'}] | volumeDevices[0].name: Invalid value: \"v\": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode",
        "'livenessProbe':{} | livenessProbe: Required value: must specify a handler type",
        "'livenessProbe':{'tcpSocket':{'port':80},'exec':{'command':['x']}} | livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
        "'livenessProbe':{'tcpSocket':{'port':0}} | livenessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive",
        "'livenessProbe':{'tcpSocket':{'port':80},'successThreshold':2} | livenessProbe.successThreshold: Invalid value: 2: must be 1",
        "'readinessProbe':{'tcpSocket':{'port':80},'periodSeconds':-1} | readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0",
        "'readinessProbe':{'exec':{}} | readinessProbe.exec.command: Required value",
        "'startupProbe':{'httpGet':{'port':80,'scheme':'FTP'}} | startupProbe.httpGet.scheme: Unsupported value: \"FTP\": supported values: \"HTTP\", \"HTTPS\"",
        "'startupProbe':{'httpGet':{'port':80,'httpHeaders':[{'name':'a b','value':''}]}} | startupProbe.httpGet.httpHeaders: Invalid value: \"a b\"…",
        "'lifecycle':{'preStop':{}} | lifecycle.preStop: Required value: must specify a handler type",
        "'resources':{'limits':{'cpu':'1'},'requests':{'cpu':'2'}} | resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
        "'resources':{'limits':{'cpu':'-1'}} | resources.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0",
        "'resources':{'limits':{'foo':'1'}} | resources.limits[foo]: Invalid value: \"foo\": must be a standard resource type or fully qualified",
        "'resources':{'limits':{'example.com/gpu':'500m'}} | resources.limits[example.com/gpu]: Invalid value: \"500m\": must be an integer",
        "'resources':{'limits':{'example.com/gpu':'2'},'requests':{'example.com/gpu':'1'}} | resources.requests: Invalid value: \"1\": must be equal to example.com/gpu limit of 2",
        "'securityContext':{'runAsUser':-1} | securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
        "'securityContext':{'privileged':true,'allowPrivilegeEscalation':false} | securityContext: Invalid value: {\"privileged\":true,\"allowPrivilegeEscalation\":false}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true",
        "'securityContext':{'seccompProfile':{'type':'Localhost'}} | securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost",
      })
  void containers(String fields, String cause) {
    assertRefused(pod("", fields), "spec.containers[0]." + cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'restartPolicy':'Maybe' | restartPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", \"Never\", \"OnFailure\"",
        "'dnsPolicy':'Maybe' | dnsPolicy: Unsupported value: \"Maybe\": supported values: \"ClusterFirst\", \"ClusterFirstWithHostNet\", \"Default\", \"None\"",
        "'dnsPolicy':'None' | dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None",
        "'dnsConfig':{'nameservers':['a']} | dnsConfig.nameservers[0]: Invalid value: \"a\": must be a valid IP address…",
        "'dnsConfig':{'nameservers':['1.1.1.1','1.1.1.2','1.1.1.3','1.1.1.4']} | dnsConfig.nameservers: Invalid value: [\"1.1.1.1\",\"1.1.1.2\",\"1.1.1.3\",\"1.1.1.4\"]: must not have more than 3 nameservers",
        "'dnsConfig':{'options':[{'value':'x'}]} | dnsConfig.options[0]: Required value: must not be empty",
        "'hostAliases':[{'ip':'1.2.3','hostnames':['a']}] | hostAliases[0].ip: Invalid value: \"1.2.3\": must be a valid IP address…",
        "'hostAliases':[{'ip':'1.2.3.4','hostnames':['_']}] | hostAliases[0].hostnames: Invalid value: \"_\"…",
        "'hostname':'a.b' | hostname: Invalid value: \"a.b\": a lowercase RFC 1123 label…",
        "'subdomain':'A' | subdomain: Invalid value: \"A\": a lowercase RFC 1123 label…",
        "'nodeSelector':{'a b':'c'} | nodeSelector: Invalid value: \"a b\"…",
        "'activeDeadlineSeconds':0 | activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive",
        "'imagePullSecrets':[{}] | imagePullSecrets[0].name: Required value",
        "'shareProcessNamespace':true,'hostPID':true | shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled",
        "'securityContext':{'fsGroup':-1} | securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive",
        "'securityContext':{'supplementalGroups':[1,-1]} | securityContext.supplementalGroups[1]: Invalid value: -1: must be between 0 and 2147483647, inclusive",
        "'securityContext':{'sysctls':[{'name':'a','value':'1'},{'name':'a','value':'2'}]} | securityContext.sysctls[1].name: Duplicate value: \"a\"",
        "'securityContext':{'fsGroupChangePolicy':'x'} | securityContext.fsGroupChangePolicy: Unsupported value: \"x\": supported values: \"Always\", \"OnRootMismatch\"",
        "'tolerations':[{'operator':'Equal'}] | tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when `key` is empty, which means \"match all values and all keys\"",
        "'tolerations':[{'key':'a','operator':'Exists','tolerationSeconds':5,'effect':'NoSchedule'}] | tolerations[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute' when `tolerationSeconds` is set",
        "'tolerations':[{'key':'a','operator':'Exists','effect':'Never'}] | tolerations[0].effect: Unsupported value: \"Never\"…",
        "'topologySpreadConstraints':[{'maxSkew':0,'topologyKey':'a','whenUnsatisfiable':'DoNotSchedule'}] | topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
        "'topologySpreadConstraints':[{'maxSkew':1,'whenUnsatisfiable':'DoNotSchedule'}] | topologySpreadConstraints[0].topologyKey: Required value: can not be empty",
        "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'a','whenUnsatisfiable':'x'}] | topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"x\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\"",
        "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{}}} | affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term",
        "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'a','operator':'In'}]}]}}} | affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
        "'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':101,'podAffinityTerm':{'topologyKey':'a'}}]}} | affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100",
        "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':''}]}} | affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty",
        "'schedulingGates':[{'name':'a'}],'nodeName':'n' | nodeName: Forbidden: cannot be set until all schedulingGates have been cleared",
        "'containers':[] | containers: Required value",
        "'initContainers':[{'name':'i','image':'i','readinessProbe':{'tcpSocket':{'port':80}}}] | initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
        "'initContainers':[{'name':'c','image':'i'}] | initContainers[0].name: Duplicate value: \"c\"",
        "'ephemeralContainers':[{'name':'e','image':'i'}] | ephemeralContainers: Forbidden: cannot be set on create",
      })
  void podSpecs(String fields, String cause) {
    assertRefused(pod(fields + ",", ""), "spec." + cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'emptyDir':{}} | name: Required value",
        "{'name':'A','emptyDir':{}} | name: Invalid value: \"A\"…",
        "{'name':'w','emptyDir':{},'hostPath':{'path':'/x'}} | hostPath: Forbidden: may not specify more than 1 volume type",
        "{'name':'w','hostPath':{}} | hostPath.path: Required value",
        "{'name':'w','hostPath':{'path':'/a/../b'}} | hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
        "{'name':'w','hostPath':{'path':'/a','type':'x'}} | hostPath.type: Unsupported value: \"x\"…",
        "{'name':'w','secret':{}} | secret.secretName: Required value",
        "{'name':'w','secret':{'secretName':'s','defaultMode':512}} | secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive",
        "{'name':'w','configMap':{}} | configMap.name: Required value",
        "{'name':'w','configMap':{'name':'c','items':[{'key':'a','path':'../x'}]}} | configMap.items[0].path: Invalid value: \"../x\": must not contain '..'",
        "{'name':'w','persistentVolumeClaim':{}} | persistentVolumeClaim.claimName: Required value",
        "{'name':'w','nfs':{'server':'s','path':'x'}} | nfs.path: Invalid value: \"x\": must be an absolute path",
        "{'name':'w','emptyDir':{'sizeLimit':'-1'}} | emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity",
        "{'name':'w','downwardAPI':{'items':[{'path':'a'}]}} | downwardAPI.items[0]: Required value: one of fieldRef and resourceFieldRef is required",
        "{'name':'w','projected':{'sources':[{'serviceAccountToken':{'path':'t','expirationSeconds':60}}]}} | projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes",
        "{'name':'w','ephemeral':{'volumeClaimTemplate':{'spec':{'resources':{'requests':{'storage':'1Gi'}}}}}} | ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required",
        "{'name':'w','csi':{}} | csi.driver: Required value",
        "{'name':'w','rbd':{'image':'i'}} | rbd.monitors: Required value",
      })
  void volumes(String volume, String cause) {
    assertRefused(
        pod("", "").replace("'volumes':[", "'volumes':[" + volume + ","),
        "spec.volumes[0]." + cause);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'env':[{'name':'a.b-c','value':'x'},{'name':'L','valueFrom':{'fieldRef':{'fieldPath':\"metadata.labels[`a/b`]\"}}}]",
        "'env':[{'name':'C','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu'}}}]",
        "'ports':[{'containerPort':80,'protocol':'UDP'},{'containerPort':80}]",
        "'resources':{'limits':{'cpu':'1','memory':'1Gi','example.com/gpu':'1'},'requests':{'cpu':'1000m'}}",
        "'livenessProbe':{'grpc':{'port':80}},'lifecycle':{'preStop':{'sleep':{'seconds':5}}}",
        "'volumeMounts':[{'name':'v','mountPath':'/x'},{'name':'v','mountPath':'/y','subPath':'a/..b'}]",
        "'securityContext':{'runAsUser':0,'capabilities':{'add':['NET_ADMIN']}}",
      })
  void validContainersAreAccepted(String fields) {
    var pod =
        pod("", fields)
            .replace("\"metadata.labels[`a/b`]\"", "'metadata.labels[\\u0027a/b\\u0027]'");
    assertThatCode(() -> api.post(PODS, pod)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'tolerations':[{'operator':'Exists'},{'key':'a','value':'b','effect':'NoExecute','tolerationSeconds':-5}]",
        "'dnsPolicy':'None','dnsConfig':{'nameservers':['::1'],'searches':['.','a.b.','_x.y']}",
        "'initContainers':[{'name':'i','image':'i','restartPolicy':'Always','readinessProbe':{'tcpSocket':{'port':80}}}]",
        "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'kubernetes.io/hostname','labelSelector':{'matchLabels':{'a':'b'}}}]}}",
        "'hostAliases':[{'ip':'127.0.0.1','hostnames':['a.b']}],'os':{'name':'linux'}",
      })
  void validPodsAreAccepted(String fields) {
    assertThatCode(() -> api.post(PODS, pod(fields + ",", ""))).doesNotThrowAnyException();
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    assertThat(Refused.because(() -> api.post(PODS, pod("'restartPolicy':'x',", "'image':''"))))
        .hasSize(2);
  }

  private void assertRefused(String pod, String cause) {
    var causes = Refused.because(() -> api.post(PODS, pod));
    if (cause.endsWith("…")) {
      var start = cause.substring(0, cause.length() - 1);
      assertThat(causes).anySatisfy(one -> assertThat(one).startsWith(start));
    } else assertThat(causes).contains(cause);
  }

  /// Of fields that are given twice the last counts.
  private static String pod(String podFields, String containerFields) {
    var container =
        "{'name':'c','image':'i'" + (containerFields.isEmpty() ? "" : "," + containerFields) + "}";
    var spec = "'volumes':[{'name':'v','emptyDir':{}}],'containers':[" + container + "]";
    return podFields.startsWith("'containers'")
        ? "{'metadata':{'name':'p'},'spec':{"
            + podFields.substring(0, podFields.length() - 1)
            + "}}"
        : "{'metadata':{'name':'p'},'spec':{" + podFields + spec + "}}";
  }
}
