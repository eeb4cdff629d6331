package io.ordinal.server.kinds;

import static io.ordinal.server.registry.Api.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import io.ordinal.server.tree.Tree;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// StatefulSets (statefulset-semantics 1 and 12.1).
class StatefulSetTest {
  private static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets";
  private static final String REVISIONS = "/apis/apps/v1/namespaces/default/controllerrevisions";
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void defaultsAreFilledIn() {
    var set = api.post(SETS, set("'status':{'replicas':9},", ""));
    assertThat(at(set, "spec.replicas")).isEqualTo("1");
    assertThat(at(set, "spec.podManagementPolicy")).isEqualTo("OrderedReady");
    assertThat(at(set, "spec.revisionHistoryLimit")).isEqualTo("10");
    assertThat(at(set, "spec.updateStrategy"))
        .isEqualTo(
            "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"partition\":0,\"maxUnavailable\":1}}");
    assertThat(at(set, "spec.persistentVolumeClaimRetentionPolicy"))
        .isEqualTo("{\"whenDeleted\":\"Retain\",\"whenScaled\":\"Retain\"}");
    assertThat(at(set, "spec.template.spec.restartPolicy")).isEqualTo("Always");
    assertThat(Tree.has(set, "spec", "template", "spec", "enableServiceLinks")).isFalse();
    var claim = Tree.objects(set, "spec", "volumeClaimTemplates").getFirst();
    assertThat(at(claim, "spec.volumeMode")).isEqualTo("Filesystem");
    assertThat(at(claim, "status.phase")).isEqualTo("Pending");
    assertThat(at(set, "metadata.generation")).isEqualTo("1");
    assertThat(at(set, "status.replicas")).isEqualTo("0");
  }

  @Test
  void v34TheUsersOwnManifestChangesNothing() {
    var set = api.post(SETS, set("", ""));
    var again =
        api.put(
            SETS + "/web",
            set("", "")
                .replace(
                    "'metadata':{'name':'data'}",
                    "'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'data'}"));
    assertThat(again).isEqualTo(set);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "spec.replicas",
            "'replicas':-1",
            "Invalid value: -1: must be greater than or equal to 0"),
        Arguments.of("spec.minReadySeconds", "'minReadySeconds':-1", "Invalid value: -1"),
        Arguments.of("spec.ordinals.start", "'ordinals':{'start':-1}", "Invalid value: -1"),
        Arguments.of(
            "spec.updateStrategy.rollingUpdate.partition",
            "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':-1}}",
            "Invalid value: -1"),
        Arguments.of(
            "spec.updateStrategy",
            "'updateStrategy':{'type':'Sometimes'}",
            "must be 'RollingUpdate' or 'OnDelete'"),
        Arguments.of(
            "spec.updateStrategy.rollingUpdate",
            "'updateStrategy':{'type':'OnDelete','rollingUpdate':{'partition':1}}",
            "only allowed for updateStrategy 'RollingUpdate'"),
        Arguments.of(
            "spec.updateStrategy.rollingUpdate.maxUnavailable",
            "'updateStrategy':{'rollingUpdate':{'maxUnavailable':'0%'},'type':'RollingUpdate'}",
            "cannot be 0"),
        Arguments.of(
            "spec.updateStrategy.rollingUpdate.maxUnavailable",
            "'updateStrategy':{'rollingUpdate':{'maxUnavailable':'101%'},'type':'RollingUpdate'}",
            "must not be greater than 100%"),
        Arguments.of(
            "spec.podManagementPolicy",
            "'podManagementPolicy':'Chaotic'",
            "must be 'OrderedReady' or 'Parallel'"),
        Arguments.of(
            "spec.persistentVolumeClaimRetentionPolicy.whenScaled",
            "'persistentVolumeClaimRetentionPolicy':{'whenScaled':'Keep'}",
            "supported values: \"Delete\", \"Retain\""),
        Arguments.of("spec.serviceName", "'serviceName':'A_b'", "a lowercase RFC 1123 label"),
        Arguments.of("spec.selector", "'selector':{}", "empty selector is invalid for statefulset"),
        Arguments.of(
            "spec.template.metadata.labels",
            "'selector':{'matchLabels':{'app':'y'}}",
            "`selector` does not match template `labels`"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("refusals")
  void badFieldsAreNamed(String field, String spec, String message) {
    var status = Api.refusal(() -> api.post(SETS, set("", "," + spec)));
    assertThat(status.code()).isEqualTo(422);
    assertThat(status.details().causes().stream().map(c -> c.field())).contains(field);
    assertThat(status.message()).contains(field + ": ").contains(message);
  }

  @Test
  void v14TheTemplateAlwaysRestarts() {
    var status =
        Api.refusal(() ->
            api.post(
                SETS,
                set("", "")
                    .replace(
                        "'containers'",
                        "'restartPolicy':'Never','activeDeadlineSeconds':5,'containers'")));
    assertThat(status.message())
        .contains(
            "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"")
        .contains("spec.template.spec.activeDeadlineSeconds: Forbidden");
  }

  @Test
  void v30SevenFieldsMayChangeAndV31NoOthers() {
    api.post(SETS, set("", ""));
    var changed =
        api.merge(
            SETS + "/web",
            "{'spec':{'replicas':3,'minReadySeconds':5,'ordinals':{'start':2},'revisionHistoryLimit':1,'updateStrategy':{'type':'OnDelete','rollingUpdate':null},'persistentVolumeClaimRetentionPolicy':{'whenScaled':'Delete'}}}");
    assertThat(at(changed, "metadata.generation")).isEqualTo("2");
    for (var spec :
        new String[] {
          "'serviceName':'other'",
          "'podManagementPolicy':'Parallel'",
          "'selector':{'matchLabels':{'app':'x','b':'c'}}",
          "'volumeClaimTemplates':[]"
        }) {
      var status = Api.refusal(() -> api.merge(SETS + "/web", "{'spec':{" + spec + "}}"));
      assertThat(status.code()).isEqualTo(422);
      assertThat(status.message())
          .contains(
              "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }
  }

  @Test
  void v40CountersMakeSense() {
    api.post(SETS, set("", ""));
    api.merge(
        SETS + "/web/status",
        "{'status':{'replicas':2,'readyReplicas':2,'availableReplicas':1,'collisionCount':3}}");
    for (var status :
        new String[] {
          "'readyReplicas':-1",
          "'readyReplicas':3",
          "'updatedReplicas':3",
          "'readyReplicas':0",
          "'collisionCount':2"
        }) {
      assertThat(
              Api.refusal(() -> api.merge(SETS + "/web/status", "{'status':{" + status + "}}"))
                  .code())
          .isEqualTo(422);
    }
  }

  @Test
  void v51SpecAndStatusHaveTheirOwnEndpoints() {
    api.post(SETS, set("", ""));
    var status = api.merge(SETS + "/web/status", "{'spec':{'replicas':7},'status':{'replicas':1}}");
    assertThat(at(status, "spec.replicas")).isEqualTo("1");
    assertThat(at(status, "metadata.generation")).isEqualTo("1");
    var spec = api.merge(SETS + "/web", "{'spec':{'replicas':7},'status':{'replicas':5}}");
    assertThat(at(spec, "status.replicas")).isEqualTo("1");
    assertThat(at(spec, "metadata.generation")).isEqualTo("2");
  }

  @Test
  void v54TheScaleIsTheNumberAlone() {
    var set = api.post(SETS, set("", ""));
    var scale = api.get(SETS + "/web/scale");
    assertThat(at(scale, "apiVersion")).isEqualTo("autoscaling/v1");
    assertThat(at(scale, "kind")).isEqualTo("Scale");
    assertThat(at(scale, "spec.replicas")).isEqualTo("1");
    assertThat(at(scale, "status.selector")).isEqualTo("app=x");
    assertThat(at(scale, "metadata.uid")).isEqualTo(at(set, "metadata.uid"));
    assertThat(at(api.merge(SETS + "/web/scale", "{'spec':{'replicas':4}}"), "spec.replicas"))
        .isEqualTo("4");
    assertThat(at(api.get(SETS + "/web"), "metadata.generation")).isEqualTo("2");
    assertThat(Api.refusal(() -> api.put(SETS + "/web/scale", scale)).code()).isEqualTo(409);
    assertThat(
            at(
                api.put(SETS + "/web/scale", "{'metadata':{'name':'web'},'spec':{'replicas':0}}"),
                "metadata.name"))
        .isEqualTo("web");
    assertThat(at(api.get(SETS + "/web"), "spec.replicas")).isEqualTo("0");
    assertThat(
            Api.refusal(() ->
                    api.put(
                        SETS + "/web/scale",
                        "{'metadata':{'name':'web','uid':'x'},'spec':{'replicas':1}}"))
                .code())
        .isEqualTo(409);
    assertThat(
            Api.refusal(() -> api.merge(SETS + "/web/scale", "{'spec':{'replicas':-1}}")).message())
        .isEqualTo(
            "Scale.autoscaling \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    assertThat(
            Api.refusal(() -> api.merge(SETS + "/none/scale", "{'spec':{'replicas':1}}")).message())
        .isEqualTo("statefulsets/scale.apps \"none\" not found");
    assertThat(
            Api.refusal(() ->
                    api.put(
                        SETS + "/web/scale",
                        "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'web'}}"))
                .code())
        .isEqualTo(400);
  }

  @Test
  void v60ARevisionKeepsItsData() {
    api.post(REVISIONS, "{'metadata':{'name':'r'},'revision':1,'data':{'spec':{'a':1}}}");
    assertThat(at(api.merge(REVISIONS + "/r", "{'revision':2}"), "revision")).isEqualTo("2");
    assertThat(
            Api.refusal(() -> api.merge(REVISIONS + "/r", "{'data':{'spec':{'a':2}}}")).message())
        .contains("data: Invalid value", "field is immutable");
    assertThat(Api.refusal(() -> api.merge(REVISIONS + "/r", "{'revision':-1}")).code())
        .isEqualTo(422);
    assertThat(
            Api.refusal(() -> api.post(REVISIONS, "{'metadata':{'name':'s'},'revision':1}"))
                .message())
        .contains("data: Required value: data is mandatory");
    assertThat(
            Api.refusal(
                    () -> api.post(REVISIONS, "{'metadata':{'name':'s'},'revision':1,'data':[1]}"))
                .code())
        .isEqualTo(422);
  }

  private static String set(String top, String spec) {
    var json =
        "{'metadata':{'name':'web'},"
            + top
            + "'spec':{'serviceName':'nginx','selector':{'matchLabels':{'app':'x'}},"
            + "'template':{'metadata':{'labels':{'app':'x'}},'spec':{'containers':[{'name':'c','image':'nginx','volumeMounts':[{'name':'data','mountPath':'/data'}]}]}},"
            + "'volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}]";
    for (var field : new String[] {"selector", "serviceName"}) {
      if (!spec.contains("'" + field + "'")) continue;
      json =
          json.replace(
              "'serviceName':'nginx',",
              field.equals("serviceName") ? "" : "'serviceName':'nginx',");
      json =
          json.replace(
              "'selector':{'matchLabels':{'app':'x'}},",
              field.equals("selector") ? "" : "'selector':{'matchLabels':{'app':'x'}},");
    }
    return json + spec + "}}";
  }
}
