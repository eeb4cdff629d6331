package io.ordinal.server.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ordinal.server.registry.Api;
import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// The cases of statefulset-semantics 12.1, each by its number.
class StatefulSetRulesTest {
  private static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets";
  private static final String ONLY =
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1", "a-1", "abc-123"})
  void v01LettersAndDigitsMakeAName(String name) {
    assertAccepted(set("").replace("'web'", "'" + name + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'podManagementPolicy':'Parallel'",
        "'podManagementPolicy':'OrderedReady'",
        "'updateStrategy':{'type':'OnDelete'}",
        "'updateStrategy':{'type':'RollingUpdate'}",
        "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':2,'maxUnavailable':'50%'}}",
        "'persistentVolumeClaimRetentionPolicy':{'whenDeleted':'Delete','whenScaled':'Delete'}",
        "'ordinals':{'start':2}",
        "'replicas':0",
      })
  void v02EveryChoiceIsAccepted(String field) {
    assertAccepted(set(field + ","));
  }

  @Test
  void v02HostNetworkIsAccepted() {
    assertAccepted(setWithPod("'hostNetwork':true,"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'hostname':'_!'", "'subdomain':'_!'", "'hostname':'-','subdomain':'A'"})
  void v03HostnamesOfTheTemplateDoNotCount(String field) {
    assertAccepted(setWithPod(field + ","));
  }

  @Test
  void v04ClaimTemplatesAreVolumesAndWinOverTheTemplates() {
    assertAccepted(set(""));
    assertAccepted(
        set("")
            .replace("'web'", "'other'")
            .replace(
                "'spec':{'containers'",
                "'spec':{'volumes':[{'name':'data','emptyDir':{}}],'containers'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc.123", "Abc", "-a"})
  void v10BadNamesAreRefused(String name) {
    assertThat(Refused.because(() -> api.post(SETS, set("").replace("'web'", "'" + name + "'"))))
        .first()
        .asString()
        .startsWith("metadata.name: ");
  }

  @Test
  void v10ALongNameIsRefused() {
    assertThat(
            Refused.because(
                () -> api.post(SETS, set("").replace("'web'", "'" + "a".repeat(64) + "'"))))
        .first()
        .asString()
        .startsWith("metadata.name: Invalid value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | spec.selector: Invalid value: {}: empty selector is invalid for statefulset",
        "{'matchLabels':{'app':'other'}} | spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: `selector` does not match template `labels`",
      })
  void v11TheSelectorMustSelectTheTemplate(String selector, String cause) {
    assertRefused(set("").replace("{'matchLabels':{'app':'web'}}", selector), cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'replicas':-1 | spec.replicas",
        "'minReadySeconds':-1 | spec.minReadySeconds",
        "'ordinals':{'start':-1} | spec.ordinals.start",
        "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':-1}} | spec.updateStrategy.rollingUpdate.partition",
      })
  void v12NegativeNumbersAreRefused(String field, String path) {
    assertRefused(
        set(field + ","), path + ": Invalid value: -1: must be greater than or equal to 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'labels':{'app':'web','a/b/c':'x'} | spec.template.labels: Invalid value: \"a/b/c\"",
        "'labels':{'app':'web','a':'x y'} | spec.template.labels: Invalid value: \"x y\"",
        "'labels':{'app':'web'},'annotations':{'!':'x'} | spec.template.annotations: Invalid value: \"!\"",
      })
  void v13LabelsAndAnnotationsOfTheTemplateAreChecked(String metadata, String cause) {
    var refused =
        Refused.because(() ->
            api.post(
                SETS,
                set("")
                    .replace(
                        "'template':{'metadata':{'labels':{'app':'web'}}",
                        "'template':{'metadata':{" + metadata + "}")));
    assertThat(refused).anySatisfy(one -> assertThat(one).startsWith(cause));
  }

  @ParameterizedTest
  @ValueSource(strings = {"OnFailure", "Never"})
  void v14OnlyAlwaysRestarts(String policy) {
    assertRefused(
        setWithPod("'restartPolicy':'" + policy + "',"),
        "spec.template.spec.restartPolicy: Unsupported value: \""
            + policy
            + "\": supported values: \"Always\"");
  }

  @Test
  void v14AnEmptyPolicyIsRefusedWhereNothingDefaultsIt() {
    var errors = new FieldErrors();
    var spec = Tree.object();
    PodSpecRules.check(spec, FieldPath.SPEC, Set.of(), errors);
    assertThat(errors.message()).contains("spec.restartPolicy: Required value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'Sometimes'} | spec.updateStrategy: Invalid value: {\"type\":\"Sometimes\"}: must be 'RollingUpdate' or 'OnDelete'",
        "{'type':'OnDelete','rollingUpdate':{'partition':1}} | spec.updateStrategy.rollingUpdate: Invalid value: {\"partition\":1}: only allowed for updateStrategy 'RollingUpdate'",
      })
  void v15TheStrategyMustMakeSense(String strategy, String cause) {
    assertRefused(set("'updateStrategy':" + strategy + ","), cause);
  }

  @Test
  void v16AnUnknownPodManagementIsRefused() {
    assertRefused(
        set("'podManagementPolicy':'Random',"),
        "spec.podManagementPolicy: Invalid value: \"Random\": must be 'OrderedReady' or 'Parallel'");
  }

  @Test
  void v17ADeadlineIsForbidden() {
    assertRefused(
        setWithPod("'activeDeadlineSeconds':5,"),
        "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"whenDeleted", "whenScaled"})
  void v18RetentionIsRetainOrDelete(String field) {
    assertRefused(
        set("'persistentVolumeClaimRetentionPolicy':{'" + field + "':'Bogus'},"),
        "spec.persistentVolumeClaimRetentionPolicy."
            + field
            + ": Unsupported value: \"Bogus\": supported values: \"Delete\", \"Retain\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | Invalid value: 0: cannot be 0",
        "'0%' | Invalid value: \"0%\": cannot be 0",
        "'101%' | Invalid value: \"101%\": must not be greater than 100%",
        "-1 | Invalid value: -1: must be greater than or equal to 0",
      })
  void v19MaxUnavailableIsAtLeastOne(String value, String message) {
    assertRefused(
        set(
            "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':"
                + value
                + "}},"),
        "spec.updateStrategy.rollingUpdate.maxUnavailable: " + message);
  }

  @Test
  void v20ABadServiceNameIsRefused() {
    assertThat(Refused.because(() -> api.post(SETS, set("'serviceName':'Bad.Name',"))))
        .first()
        .asString()
        .startsWith("spec.serviceName: Invalid value: \"Bad.Name\"");
  }

  @Test
  void v20AnOldBadServiceNameIsLeftAlone() {
    var set = defaulted(set("'serviceName':'Bad.Name',"));
    var changed = set.deepCopy();
    Tree.make(changed, "spec").put("replicas", 5);
    assertThat(check(changed, set).isEmpty()).isTrue();
  }

  @Test
  void v21AMountNeedsItsVolume() {
    assertRefused(
        set("")
            .replace("'mountPath':'/data'", "'mountPath':'/data'},{'name':'none','mountPath':'/x'"),
        "spec.template.spec.containers[0].volumeMounts[1].name: Not found: \"none\"");
  }

  @Test
  void v21VolumesHaveDifferentNames() {
    assertRefused(
        setWithPod("'volumes':[{'name':'v','emptyDir':{}},{'name':'v','emptyDir':{}}],"),
        "spec.template.spec.volumes[1].name: Duplicate value: \"v\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'accessModes':['ReadWriteOnce'], | ``  | accessModes: Required value: at least 1 access mode is required",
        "'resources':{'requests':{'storage':'1Gi'}} | 'volumeMode':'Filesystem' | resources[storage]: Required value",
        "'accessModes':['ReadWriteOnce'] | 'accessModes':['Sometimes'] | accessModes: Unsupported value: \"Sometimes\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"",
      })
  void v21ClaimTemplatesAreChecked(String part, String instead, String cause) {
    assertRefused(set("").replace(part, instead), "spec.volumeClaimTemplates[0].spec." + cause);
  }

  @Test
  void v21TheAttributesClassOfAClaimTemplateIsAName() {
    var refused =
        Refused.because(() ->
            api.post(
                SETS,
                set("")
                    .replace("'accessModes'", "'volumeAttributesClassName':'Bad_','accessModes'")));
    assertThat(refused)
        .first()
        .asString()
        .startsWith("spec.volumeClaimTemplates[0].spec.volumeAttributesClassName: Invalid value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'spec':{'replicas':5}}",
        "{'spec':{'template':{'spec':{'terminationGracePeriodSeconds':5}}}}",
        "{'spec':{'updateStrategy':{'type':'OnDelete','rollingUpdate':null}}}",
        "{'spec':{'minReadySeconds':5}}",
        "{'spec':{'ordinals':{'start':5}}}",
        "{'spec':{'persistentVolumeClaimRetentionPolicy':{'whenDeleted':'Delete'}}}",
        "{'spec':{'revisionHistoryLimit':5}}",
        "{'spec':{'replicas':2,'minReadySeconds':3,'ordinals':{'start':1},'revisionHistoryLimit':4}}",
      })
  void v30SevenFieldsMayChange(String patch) {
    api.post(SETS, set(""));
    assertThatCode(() -> api.merge(SETS + "/web", patch)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'spec':{'selector':{'matchLabels':{'b':'2'}},'template':{'metadata':{'labels':{'b':'2'}}}}}",
        "{'spec':{'podManagementPolicy':'Parallel'}}",
        "{'spec':{'serviceName':'other'}}",
        "{'spec':{'volumeClaimTemplates':null}}",
        "{'spec':{'volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'2Gi'}}}}]}}",
      })
  void v31NothingElseMayChange(String patch) {
    api.post(SETS, set(""));
    assertThat(Refused.because(() -> api.merge(SETS + "/web", patch))).contains(ONLY);
  }

  @Test
  void v32OldMistakesInTheTemplateAreTolerated() {
    var set = defaulted(set("").replace("'name':'data','mountPath'", "'name':'gone','mountPath'"));
    assertThat(check(set, null).message()).contains("Not found: \"gone\"");
    var changed = set.deepCopy();
    Tree.make(changed, "spec").put("replicas", 5);
    Tree.make(changed, "spec", "template", "metadata", "labels").put("more", "labels");
    assertThat(check(changed, set).all()).isEmpty();
  }

  @Test
  void v33ANewMistakeInTheTemplateIsRefused() {
    api.post(SETS, set(""));
    assertThat(
            Refused.because(() ->
                api.strategic(
                    SETS + "/web",
                    "{'spec':{'template':{'spec':{'containers':[{'name':'c','image':''}]}}}}")))
        .containsExactly("spec.template.spec.containers[0].image: Required value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'replicas':-1 | status.replicas: Invalid value: -1: must be greater than or equal to 0",
        "'replicas':3,'readyReplicas':4 | status.readyReplicas: Invalid value: 4: cannot be greater than status.replicas",
        "'replicas':3,'currentReplicas':4 | status.currentReplicas: Invalid value: 4: cannot be greater than status.replicas",
        "'replicas':3,'updatedReplicas':4 | status.updatedReplicas: Invalid value: 4: cannot be greater than status.replicas",
        "'replicas':3,'readyReplicas':1,'availableReplicas':2 | status.availableReplicas: Invalid value: 2: cannot be greater than status.readyReplicas",
      })
  void v40CountersOfAStatusFitTogether(String status, String cause) {
    api.post(SETS, set(""));
    assertThat(
            Refused.because(() -> api.merge(SETS + "/web/status", "{'status':{" + status + "}}")))
        .contains(cause);
  }

  @Test
  void v40TheCollisionCountOnlyGrows() {
    api.post(SETS, set(""));
    api.merge(SETS + "/web/status", "{'status':{'collisionCount':2}}");
    assertThat(
            Refused.because(
                () -> api.merge(SETS + "/web/status", "{'status':{'collisionCount':1}}")))
        .containsExactly("status.collisionCount: Invalid value: 1: cannot be decremented");
  }

  @Test
  void v50OnlyTheSpecCountsGenerations() {
    var created =
        api.post(SETS, set("").replace("'spec':{'sel", "'status':{'replicas':9},'spec':{'sel"));
    assertThat(Tree.number(-1, created, "status", "replicas")).isZero();
    assertThat(generation(created)).isEqualTo(1);
    assertThat(generation(api.merge(SETS + "/web", "{'metadata':{'labels':{'a':'b'}}}")))
        .isEqualTo(1);
    assertThat(generation(api.merge(SETS + "/web/status", "{'status':{'replicas':1}}")))
        .isEqualTo(1);
    assertThat(generation(api.merge(SETS + "/web", "{'spec':{'replicas':2}}"))).isEqualTo(2);
    assertThat(generation(api.merge(SETS + "/web", "{'spec':{'replicas':2}}"))).isEqualTo(2);
  }

  @Test
  void v53SetsAreFoundByNameLabelAndField() {
    api.post(SETS, set(""));
    api.post(SETS, set("").replace("'name':'web'", "'name':'db','labels':{'tier':'data'}"));
    assertThat(api.names(SETS + "?labelSelector=tier=data")).containsExactly("db");
    assertThat(api.names(SETS + "?fieldSelector=metadata.name=web")).containsExactly("web");
    assertThat(api.names(SETS + "?fieldSelector=metadata.namespace=other")).isEmpty();
    assertThat(Api.refusal(() -> api.names(SETS + "?fieldSelector=spec.replicas=1")).code())
        .isEqualTo(400);
    assertThat(api.registry.served())
        .anySatisfy(
            served -> assertThat(served.toString()).contains("statefulsets", "sts", "StatefulSet"));
  }

  private static long generation(ObjectNode set) {
    return Tree.number(0, set, "metadata", "generation");
  }

  private void assertAccepted(String set) {
    assertThatCode(() -> api.post(SETS, set)).doesNotThrowAnyException();
  }

  private void assertRefused(String set, String cause) {
    assertThat(Refused.because(() -> api.post(SETS, set))).contains(cause);
  }

  /// As the server would store it, were it valid.
  private ObjectNode defaulted(String wrong) {
    var set = api.post(SETS, set("")).deepCopy();
    var sent = Json.parse(wrong.replace('\'', '"'));
    var spec = Tree.make(set, "spec");
    var name = Tree.text(sent, "spec", "serviceName");
    if (!name.isEmpty()) spec.put("serviceName", name);
    var mounts =
        Tree.objects(sent, "spec", "template", "spec", "containers")
            .getFirst()
            .path("volumeMounts");
    Tree.objects(spec, "template", "spec", "containers").getFirst().set("volumeMounts", mounts);
    return set;
  }

  private static FieldErrors check(ObjectNode set, @Nullable ObjectNode old) {
    var errors = new FieldErrors();
    StatefulSetRules.check(set.deepCopy(), old, errors);
    return errors;
  }

  private static String setWithPod(String podFields) {
    return set("").replace("'spec':{'containers'", "'spec':{" + podFields + "'containers'");
  }

  private static String set(String fields) {
    return "{'metadata':{'name':'web'},'spec':{"
        + fields
        + "'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'c','image':'i','volumeMounts':[{'name':'data','mountPath':'/data'}]}]}},"
        + "'volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}]}}";
  }
}
