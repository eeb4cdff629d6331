package io.ordinal.server.podsecurity;

import static io.ordinal.server.registry.Api.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Namespaces' labels and what they do to pods and to what makes pods.
class PodSecurityTest {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String PODS = "/api/v1/namespaces/shop/pods";
  private static final String SETS = "/apis/apps/v1/namespaces/shop/statefulsets";
  private static final String SENTENCE =
      "PodSecurity \"baseline:latest\": privileged (container \"c\" must not set securityContext.privileged=true)";

  private static final Logger AUDIT = Logger.getLogger("io.ordinal.audit");

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aNamespaceWithoutLabelsAllowsEverything() {
    namespace("");
    assertThat(warningsOfPod("p", true)).isEmpty();
  }

  @Test
  void enforcingRefusesThePodAndWarnsOfItsSet() {
    namespace("'pod-security.kubernetes.io/enforce':'baseline'");
    var status = refusal(() -> warningsOfPod("p", true));
    assertThat(status.code()).isEqualTo(403);
    assertThat(status.message()).isEqualTo("pods \"p\" is forbidden: violates " + SENTENCE);
    assertThat(warningsOfPod("p", false)).isEmpty();
    assertThat(warningsOfSet("s", true)).containsExactly("would violate " + SENTENCE);
    assertThat(warningsOfSet("t", false)).isEmpty();
  }

  @Test
  void warningLetsIn() {
    namespace("'pod-security.kubernetes.io/warn':'baseline'");
    assertThat(warningsOfPod("p", true)).containsExactly("would violate " + SENTENCE);
    assertThat(warningsOfSet("s", true)).containsExactly("would violate " + SENTENCE);
  }

  @Test
  void auditingIsNotedInTheLogAndSilentToTheClient() {
    namespace("'pod-security.kubernetes.io/audit':'baseline'");
    var warnings = new ArrayList<String>();
    var lines =
        logged(() -> {
          warnings.addAll(warningsOfPod("p", true));
          warnings.addAll(warningsOfSet("s", true));
          warnings.addAll(warningsOfPod("q", false));
        });
    assertThat(warnings).isEmpty();
    assertThat(lines)
        .containsExactly(
            "pods shop/p by kubernetes-admin would violate " + SENTENCE,
            "statefulsets shop/s by kubernetes-admin would violate " + SENTENCE);
  }

  @Test
  void eachModeHasAVersionOfItsOwn() {
    namespace(
        "'pod-security.kubernetes.io/enforce':'baseline','pod-security.kubernetes.io/enforce-version':'v1.30','pod-security.kubernetes.io/warn':'restricted','pod-security.kubernetes.io/warn-version':'v1.7'");
    assertThat(refusal(() -> warningsOfPod("p", true)).message())
        .contains("violates PodSecurity \"baseline:v1.30\": privileged");
    assertThat(warningsOfPod("p", false))
        .containsExactly(
            "would violate PodSecurity \"restricted:v1.7\": runAsNonRoot != true (pod or container \"c\" must set securityContext.runAsNonRoot=true)");
  }

  @Test
  void aPodIsCheckedAgainWhenItsImageChanges() {
    namespace("");
    warningsOfPod("p", true);
    label("'pod-security.kubernetes.io/enforce':'baseline'");
    api.merge(PODS + "/p", "{'metadata':{'labels':{'a':'b'}}}");
    api.merge(PODS + "/p/status", "{'status':{'phase':'Running'}}");
    var image = "[{'op':'replace','path':'/spec/containers/0/image','value':'x:2'}]";
    assertThat(refusal(() -> api.jsonPatch(PODS + "/p", image)).message())
        .contains("violates " + SENTENCE);
  }

  @Test
  void whoTightensANamespaceHearsOfThePodsThatWouldNotComeBack() {
    namespace("");
    warningsOfPod("b", true);
    warningsOfPod("a", true);
    warningsOfPod("c", false);
    assertThat(label("'pod-security.kubernetes.io/enforce':'baseline'"))
        .containsExactly(
            "existing pods in namespace \"shop\" violate the new PodSecurity enforce level \"baseline:latest\"",
            "a (and 1 other pod): privileged");
    assertThat(label("'pod-security.kubernetes.io/enforce':'privileged'")).isEmpty();
    assertThat(label("'pod-security.kubernetes.io/warn':'restricted'")).isEmpty();
    assertThat(label("'pod-security.kubernetes.io/enforce':'restricted'"))
        .containsExactly(
            "existing pods in namespace \"shop\" violate the new PodSecurity enforce level \"restricted:latest\"",
            "a (and 1 other pod): privileged, allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile",
            "c: allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile");
    assertThat(label("'pod-security.kubernetes.io/enforce':'baseline'")).as("looser").isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "enforce | strict | must be one of privileged, baseline, restricted",
        "warn | strict | must be one of privileged, baseline, restricted",
        "audit-version | 1.25 | must be \"latest\" or \"v1.x\"",
        "enforce-version | v2.1 | must be \"latest\" or \"v1.x\"",
      })
  void labelsThatNobodyUnderstandsAreRefused(String mode, String value, String why) {
    var label = "'pod-security.kubernetes.io/%s':'%s'".formatted(mode, value);
    var message =
        "Namespace \"shop\" is invalid: metadata.labels[pod-security.kubernetes.io/%s]: Invalid value: \"%s\": %s"
            .formatted(mode, value, why);
    var status = refusal(() -> namespace(label));
    assertThat(status.code()).isEqualTo(422);
    assertThat(status.message()).isEqualTo(message);
    namespace("");
    assertThat(refusal(() -> label(label)).message()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "v1.0", "v1.36", "v1.99"})
  void theseVersionsAreUnderstood(String version) {
    namespace("'pod-security.kubernetes.io/enforce-version':'%s'".formatted(version));
  }

  private void namespace(String labels) {
    api.post(NAMESPACES, "{'metadata':{'name':'shop','labels':{%s}}}".formatted(labels));
    api.post("/api/v1/namespaces/shop/serviceaccounts", "{'metadata':{'name':'default'}}");
  }

  private List<String> label(String label) {
    return api.call(
            "PATCH",
            NAMESPACES + "/shop",
            "application/merge-patch+json",
            "{'metadata':{'labels':{%s}}}".formatted(label))
        .warnings();
  }

  private List<String> warningsOfPod(String name, boolean privileged) {
    var pod = "{'metadata':{'name':'%s'},'spec':{%s}}".formatted(name, spec(privileged));
    return api.call("POST", PODS, "application/json", pod).warnings();
  }

  private List<String> warningsOfSet(String name, boolean privileged) {
    var set =
        "{'metadata':{'name':'%s'},'spec':{'serviceName':'s','selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{%s}}}}"
            .formatted(name, spec(privileged));
    return api.call("POST", SETS, "application/json", set).warnings();
  }

  /// What comes into the audit log meanwhile.
  private static List<String> logged(Runnable work) {
    var lines = new ArrayList<String>();
    var listener =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    AUDIT.addHandler(listener);
    try {
      work.run();
    } finally {
      AUDIT.removeHandler(listener);
    }
    return lines;
  }

  private static String spec(boolean privileged) {
    return "'containers':[{'name':'c','image':'x:1','securityContext':{'privileged':%s}}]"
        .formatted(privileged);
  }
}
