package io.ordinal.server.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// ResourceQuotas and LimitRanges → the causes of the refusal.
class QuotaRulesTest {
  private static final String QUOTAS = "/api/v1/namespaces/default/resourcequotas";
  private static final String RANGES = "/api/v1/namespaces/default/limitranges";

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
        "'hard':{'pods':'1.5'} | spec.hard[pods]: Invalid value: \"1500m\": must be an integer",
        "'hard':{'pods':'-1'} | spec.hard[pods]: Invalid value: \"-1\": must be greater than or equal to 0",
        "'hard':{'storage':'1'} | spec.hard[storage]: Invalid value: \"storage\": must be a standard resource for quota",
        "'hard':{'pods':'1'},'scopes':['Odd'] | spec.scopes: Invalid value: [\"Odd\"]: unsupported scope",
        "'hard':{'services':'1'},'scopes':['Terminating'] | spec.scopes: Invalid value: [\"Terminating\"]: unsupported scope applied to resource",
        "'hard':{'cpu':'1'},'scopes':['BestEffort'] | spec.scopes: Invalid value: [\"BestEffort\"]: unsupported scope applied to resource",
        "'hard':{'pods':'1'},'scopes':['BestEffort','NotBestEffort'] | spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: conflicting scopes",
        "'hard':{'pods':'1'},'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In'}]} | spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
        "'hard':{'pods':'1'},'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'Exists','values':['a']}]} | spec.scopeSelector.matchExpressions.values: Invalid value: [\"a\"]: must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
        "'hard':{'pods':'1'},'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'Like'}]} | spec.scopeSelector.matchExpressions.operator: Invalid value: \"Like\": not a valid selector operator",
        "'hard':{'pods':'1'},'scopeSelector':{'matchExpressions':[{'scopeName':'BestEffort','operator':'DoesNotExist'}]} | spec.scopeSelector.matchExpressions.operator: Invalid value: \"DoesNotExist\": must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
      })
  void aQuotaThatCannotBeKeptIsRefused(String spec, String cause) {
    assertThat(Refused.because(() -> quota("q", spec))).containsExactly(cause);
  }

  @Test
  void anUnknownResourceIsNamedTwiceAsUpstreamDoes() {
    assertThat(Refused.because(() -> quota("q", "'hard':{'nonsense':'1'}")))
        .containsExactly(
            "spec.hard[nonsense]: Invalid value: \"nonsense\": must be a standard resource type or fully qualified",
            "spec.hard[nonsense]: Invalid value: \"nonsense\": must be a standard resource for quota");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'hard':{}",
        "'hard':{'pods':'0','limits.cpu':'1500m','count/statefulsets.apps':'3','example.com/gpu':'1'}",
        "'hard':{'gold.storageclass.storage.k8s.io/requests.storage':'5Gi','requests.storage':'10Gi'}",
        "'hard':{'pods':'1'},'scopes':['Terminating','NotBestEffort']",
        "'hard':{'requests.storage':'1'},'scopes':['VolumeAttributesClass']",
        "'hard':{'cpu':'1'},'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In','values':['high']}]}",
      })
  void aQuotaThatCanBeKeptIsTaken(String spec) {
    quota("q", spec);
  }

  @Test
  void theScopesOfAQuotaNeverChange() {
    quota("q", "'hard':{'pods':'1'},'scopes':['Terminating']");
    api.merge(QUOTAS + "/q", "{'spec':{'hard':{'pods':'2'}}}");
    assertThat(
            Refused.because(
                () -> api.merge(QUOTAS + "/q", "{'spec':{'scopes':['NotTerminating']}}")))
        .containsExactly("spec.scopes: Invalid value: [\"NotTerminating\"]: field is immutable");
  }

  @Test
  void theStatusOfAQuotaIsWrittenByItsOwnEndpointAlone() {
    quota("q", "'hard':{'pods':'1'}},'status':{'used':{'pods':'7'}");
    assertThat(api.get(QUOTAS + "/q").has("status")).isFalse();
    api.merge(QUOTAS + "/q/status", "{'status':{'hard':{'pods':'1'},'used':{'pods':'1'}}}");
    assertThat(Api.at(api.get(QUOTAS + "/q"), "status.used.pods")).isEqualTo("1");
    assertThat(
            Refused.because(
                () -> api.merge(QUOTAS + "/q/status", "{'status':{'used':{'pods':'-1'}}}")))
        .containsExactly(
            "status.used[pods]: Invalid value: \"-1\": must be greater than or equal to 0");
  }

  @Test
  void aQuotaIsPrintedWithRequestsAndLimitsApart() {
    quota("q", "'hard':{'pods':'3','limits.cpu':'2'}");
    api.merge(
        QUOTAS + "/q/status",
        "{'status':{'hard':{'pods':'3','limits.cpu':'2','cpu':'1'},'used':{'pods':'1','limits.cpu':'500m'}}}");
    var printer = api.registry.printer("", "v1", "resourcequotas").orElseThrow();
    assertThat(printer.columns())
        .extracting(column -> column.name())
        .containsExactly("Name", "Request", "Limit", "Age");
    var row = printer.row(api.get(QUOTAS + "/q"), Instant.parse("2026-01-01T00:00:05Z"));
    assertThat(row.cells())
        .extracting(cell -> cell.asString(""))
        .containsExactly("q", "cpu: 0/1, pods: 1/3", "limits.cpu: 500m/2", "5s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type':'Odd' | type: Invalid value: \"Odd\": must be a standard limit type or fully qualified",
        "'type':'Container','min':{'cpu':'2'},'max':{'cpu':'1'},'default':{'cpu':'1'},'defaultRequest':{'cpu':'1'} | min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1;defaultRequest[cpu]: Invalid value: \"1\": min value 2 is greater than default request value 1;default[cpu]: Invalid value: \"2\": min value 2 is greater than default value 1",
        "'type':'Container','default':{'cpu':'2'},'max':{'cpu':'1'},'defaultRequest':{'cpu':'1'} | default[cpu]: Invalid value: \"1\": default value 2 is greater than max value 1",
        "'type':'Container','default':{'cpu':'1'},'defaultRequest':{'cpu':'2'} | defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than default limit value 1",
        "'type':'Container','max':{'storage':'1'} | max[storage]: Invalid value: \"storage\": must be a standard resource for containers;default[storage]: Invalid value: \"storage\": must be a standard resource for containers;defaultRequest[storage]: Invalid value: \"storage\": must be a standard resource for containers",
        "'type':'Container','maxLimitRequestRatio':{'cpu':'800m'} | maxLimitRequestRatio[cpu]: Invalid value: \"800m\": ratio 800m is less than 1",
        "'type':'Pod','min':{'cpu':'1'},'max':{'cpu':'3'},'maxLimitRequestRatio':{'cpu':'4'} | maxLimitRequestRatio[cpu]: Invalid value: \"4\": ratio 4 is greater than max/min = 3.000000",
        "'type':'Pod','default':{'cpu':'1'} | default: Forbidden: may not be specified when `type` is 'Pod'",
        "'type':'PersistentVolumeClaim' | limits: Required value: either minimum or maximum storage value is required, but neither was provided",
        "'type':'Container','default':{'example.com/gpu':'2'},'defaultRequest':{'example.com/gpu':'1'} | defaultRequest[example.com/gpu]: Invalid value: \"1\": default value 2 must equal to defaultRequest value 1 in example.com/gpu",
      })
  void aRangeThatContradictsItselfIsRefused(String limit, String causes) {
    assertThat(Refused.because(() -> range("r", "{" + limit + "}")))
        .containsExactlyElementsOf(
            Stream.of(causes.split(";")).map(cause -> "spec.limits[0]." + cause).toList());
  }

  @Test
  void aTypeMayBeLimitedOnce() {
    assertThat(Refused.because(() -> range("r", "{'type':'Pod'},{'type':'Pod'}")))
        .containsExactly("spec.limits[1].type: Duplicate value: \"Pod\"");
  }

  @Test
  void whatContainersGetFollowsFromWhatTheyMayHave() {
    range("r", "{'type':'Container','max':{'cpu':'2'},'min':{'cpu':'1','memory':'1Mi'}}");
    var limit = "spec.limits";
    assertThat(Api.at(api.get(RANGES + "/r"), limit))
        .contains("\"default\":{\"cpu\":\"2\"}")
        .contains("\"defaultRequest\":{\"cpu\":\"2\",\"memory\":\"1Mi\"}");
  }

  private void quota(String name, String spec) {
    api.post(QUOTAS, "{'metadata':{'name':'%s'},'spec':{%s}}".formatted(name, spec));
  }

  private void range(String name, String limits) {
    api.post(RANGES, "{'metadata':{'name':'%s'},'spec':{'limits':[%s]}}".formatted(name, limits));
  }
}
