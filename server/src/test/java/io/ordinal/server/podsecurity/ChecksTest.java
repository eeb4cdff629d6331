package io.ordinal.server.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.tree.Json;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A pod and a standard → what is wrong, in Kubernetes' words. `GOOD` and `CONTAINER` stand for
/// what a restricted pod says of itself and of its container.
class ChecksTest {
  private static final String GOOD =
      "'securityContext':{'runAsNonRoot':true,'seccompProfile':{'type':'RuntimeDefault'}}";
  private static final String GOOD_CONTAINER =
      "'containers':[{'name':'c','securityContext':{'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']}}}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'hostNetwork':true,'hostPID':true,'hostIPC':true | host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)",
        "'volumes':[{'name':'a','hostPath':{'path':'/'}},{'name':'b','emptyDir':{}}] | hostPath volumes (volume \"a\")",
        "'volumes':[{'name':'a','hostPath':{'path':'/'}},{'name':'b','hostPath':{'path':'/x'}}] | hostPath volumes (volumes \"a\", \"b\")",
        "'containers':[{'name':'c','securityContext':{'privileged':true}}] | privileged (container \"c\" must not set securityContext.privileged=true)",
        "'initContainers':[{'name':'i','securityContext':{'privileged':true}}],'containers':[{'name':'c','securityContext':{'privileged':true}}],'ephemeralContainers':[{'name':'e','securityContext':{'privileged':true}}] | privileged (containers \"i\", \"c\", \"e\" must not set securityContext.privileged=true)",
        "'containers':[{'name':'c','ports':[{'hostPort':8080},{'hostPort':80}]}] | hostPort (container \"c\" uses hostPorts 80, 8080)",
        "'containers':[{'name':'c','ports':[{'hostPort':80}]},{'name':'d','ports':[{'hostPort':80}]}] | hostPort (containers \"c\", \"d\" use hostPort 80)",
        "'containers':[{'name':'c','securityContext':{'capabilities':{'add':['NET_RAW','CHOWN','SYS_ADMIN']}}}] | non-default capabilities (container \"c\" must not include \"NET_RAW\", \"SYS_ADMIN\" in securityContext.capabilities.add)",
        "'containers':[{'name':'c','livenessProbe':{'httpGet':{'host':'10.0.0.1'}},'lifecycle':{'preStop':{'tcpSocket':{'host':'x'}}}}] | probe or lifecycle host (container \"c\" uses probe or lifecycle hosts \"10.0.0.1\", \"x\")",
        "'containers':[{'name':'c','securityContext':{'procMount':'Unmasked'}}] | procMount (container \"c\" must not set securityContext.procMount to \"Unmasked\")",
        "'hostUsers':false,'containers':[{'name':'c','securityContext':{'procMount':'Unmasked'}}] |",
        "'securityContext':{'sysctls':[{'name':'kernel.msgmax'},{'name':'net.ipv4.tcp_rmem'}]} | forbidden sysctls (kernel.msgmax)",
        "'securityContext':{'seLinuxOptions':{'type':'spc_t','user':'u'}},'containers':[{'name':'c','securityContext':{'seLinuxOptions':{'role':'r'}}}] | seLinuxOptions (pod and container \"c\" set forbidden securityContext.seLinuxOptions: type \"spc_t\"; user may not be set; role may not be set)",
        "'securityContext':{'seLinuxOptions':{'type':'container_engine_t'}} |",
        "'securityContext':{'seccompProfile':{'type':'Unconfined'}},'containers':[{'name':'c','securityContext':{'seccompProfile':{'type':'Unconfined'}}}] | seccompProfile (pod and container \"c\" must not set securityContext.seccompProfile.type to \"Unconfined\")",
        "'containers':[{'name':'c','securityContext':{'appArmorProfile':{'type':'Unconfined'}}}] | forbidden AppArmor profile (container \"c\" must not set AppArmor profile type to \"Unconfined\")",
        "'securityContext':{'windowsOptions':{'hostProcess':true}} | hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)",
        "'containers':[{'name':'c'}] |",
        "'hostNetwork':true,'containers':[{'name':'c','securityContext':{'privileged':true}}] | host namespaces (hostNetwork=true), privileged (container \"c\" must not set securityContext.privileged=true)",
      })
  void baseline(String spec, String findings) {
    assertThat(findings(Level.BASELINE, Standard.LATEST, "", spec))
        .isEqualTo(findings == null ? "" : findings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GOOD,CONTAINER |",
        "GOOD,'containers':[{'name':'c'}] | allowPrivilegeEscalation != false (container \"c\" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"])",
        "GOOD,'containers':[{'name':'c','securityContext':{'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL'],'add':['CHOWN','NET_BIND_SERVICE']}}}] | unrestricted capabilities (container \"c\" must not include \"CHOWN\" in securityContext.capabilities.add)",
        "GOOD,CONTAINER,'volumes':[{'name':'a','hostPath':{'path':'/'}},{'name':'b','nfs':{}},{'name':'d','configMap':{}}] | restricted volume types (volumes \"a\", \"b\" use restricted volume types \"hostPath\", \"nfs\")",
        "'securityContext':{'runAsNonRoot':true},CONTAINER | seccompProfile (pod or container \"c\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")",
        "'securityContext':{'seccompProfile':{'type':'Localhost'}},CONTAINER | runAsNonRoot != true (pod or container \"c\" must set securityContext.runAsNonRoot=true)",
        "'securityContext':{'runAsNonRoot':false,'seccompProfile':{'type':'Localhost'}},CONTAINER | runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)",
        "'securityContext':{'runAsNonRoot':true,'runAsUser':0,'seccompProfile':{'type':'Localhost'}},CONTAINER | runAsUser=0 (pod must not set runAsUser=0)",
        "'hostUsers':false,'securityContext':{'runAsUser':0,'seccompProfile':{'type':'Localhost'}},CONTAINER |",
        "GOOD,'hostUsers':false,'containers':[{'name':'c','securityContext':{'procMount':'Unmasked','allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']}}}] | procMount (container \"c\" must not set securityContext.procMount to \"Unmasked\")",
        "'os':{'name':'windows'},'securityContext':{'runAsNonRoot':true},'containers':[{'name':'c'}] |",
        "GOOD,CONTAINER,'hostPID':true | host namespaces (hostPID=true)",
      })
  void restricted(String spec, String findings) {
    assertThat(findings(Level.RESTRICTED, Standard.LATEST, "", spec))
        .isEqualTo(findings == null ? "" : findings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BASELINE | 31 | '' | 'securityContext':{'sysctls':[{'name':'net.ipv4.tcp_rmem'}]} | forbidden sysctls (net.ipv4.tcp_rmem)",
        "BASELINE | 30 | '' | 'securityContext':{'seLinuxOptions':{'type':'container_engine_t'}} | seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"container_engine_t\")",
        "BASELINE | 33 | '' | 'containers':[{'name':'c','livenessProbe':{'httpGet':{'host':'x'}}}] |",
        "BASELINE | 34 | '' | 'hostUsers':false,'containers':[{'name':'c','securityContext':{'procMount':'Unmasked'}}] | procMount (container \"c\" must not set securityContext.procMount to \"Unmasked\")",
        "BASELINE | 18 | 'seccomp.security.alpha.kubernetes.io/pod':'unconfined' | 'containers':[{'name':'c'}] | seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod=\"unconfined\")",
        "BASELINE | 36 | 'container.apparmor.security.beta.kubernetes.io/c':'unconfined' | 'containers':[{'name':'c'}] | forbidden AppArmor profile (annotation must not set AppArmor profile type to \"container.apparmor.security.beta.kubernetes.io/c=\"unconfined\"\")",
        "BASELINE | 99 | '' | 'hostIPC':true | host namespaces (hostIPC=true)",
        "RESTRICTED | 7 | '' | 'securityContext':{'runAsNonRoot':true},'containers':[{'name':'c','securityContext':{'capabilities':{'add':['SYS_TIME']}}}] | non-default capabilities (container \"c\" must not include \"SYS_TIME\" in securityContext.capabilities.add)",
        "RESTRICTED | 22 | '' | GOOD,'containers':[{'name':'c','securityContext':{'runAsUser':0,'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']}}}] |",
        "RESTRICTED | 24 | '' | 'os':{'name':'windows'},GOOD,'containers':[{'name':'c','securityContext':{'allowPrivilegeEscalation':false}}] | unrestricted capabilities (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"])",
      })
  void asOfAVersion(Level level, int minor, String annotations, String spec, String findings) {
    assertThat(findings(level, minor, annotations.equals("''") ? "" : annotations, spec))
        .isEqualTo(findings == null ? "" : findings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'hostNetwork':true", "'containers':[{'name':'c'}]"})
  void privilegedForbidsNothing(String spec) {
    assertThat(findings(Level.PRIVILEGED, Standard.LATEST, "", spec)).isEmpty();
  }

  private static String findings(Level level, int minor, String annotations, String spec) {
    var full = spec.replace("GOOD", GOOD).replace("CONTAINER", GOOD_CONTAINER);
    var json = "{'metadata':{'annotations':{" + annotations + "}},'spec':{" + full + "}}";
    var pod = Json.parse(json.replace('\'', '"'));
    return Checks.findings(new Standard(level, minor), Subject.of(pod)).stream()
        .map(Finding::toString)
        .collect(Collectors.joining(", "));
  }
}
