package io.ordinal.server.custom;

import static io.ordinal.server.custom.Crontabs.DEFINITIONS;
import static io.ordinal.server.custom.Crontabs.PATH;
import static io.ordinal.server.custom.Crontabs.crontab;
import static io.ordinal.server.registry.Api.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Objects of a kind that a user has defined.
class CustomResourceTest {
  private final Api api = new Api();

  @BeforeEach
  void define() {
    api.post(DEFINITIONS, Crontabs.definition().toString());
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void defaultsAreFilledInAndUnknownFieldsPruned() {
    var object = api.post(PATH, crontab("a", "'foo':1,'free':{'x':{'y':[]}},'labels':{'a':''}"));
    assertThat(object.get("spec").toString())
        .isEqualTo(
            "{'cronSpec':'* * * * 5','free':{'x':{'y':[]}},'labels':{'a':''},'replicas':1,'policy':'Allow'}"
                .replace('\'', '"'));
    assertThat(api.get(PATH + "/a")).isEqualTo(object);
  }

  @Test
  void unknownAndDuplicateFieldsAreToldAsAsked() {
    var body = crontab("a", "'foo':1,'image':'x','image':'y','jobs':[{'name':'n','bar':2}]");
    assertThat(api.call("POST", PATH, "application/json", body).warnings())
        .containsExactly(
            "unknown field \"spec.foo\"",
            "duplicate field \"spec.image\"",
            "unknown field \"spec.jobs[0].bar\"");
    var strict =
        Api.refusal(() -> api.post(PATH + "?fieldValidation=Strict", crontab("b", "'foo':1")));
    assertThat(strict.code()).isEqualTo(400);
    assertThat(strict.message()).endsWith("strict decoding error: unknown field \"spec.foo\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'cronSpec':5 | spec.cronSpec: Invalid value: \"integer\": spec.cronSpec in body must be of type string: \"integer\"",
        "'cronSpec':'x' | spec.cronSpec: Invalid value: \"x\": spec.cronSpec in body should match '^(\\d+|\\*)( (\\d+|\\*)){4}$'",
        "'cronSpec':null | spec.cronSpec: Invalid value: \"null\": spec.cronSpec in body must be of type string: \"null\"",
        "'image':'x' | spec.cronSpec: Required value",
        "'image':'0123456789abc' | spec.image: Too long: may not be more than 12 bytes",
        "'replicas':15 | spec.replicas: Invalid value: 15: spec.replicas in body should be less than or equal to 10",
        "'replicas':0 | spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1",
        "'replicas':1.5 | spec.replicas: Invalid value: \"number\": spec.replicas in body must be of type integer: \"number\"",
        "'policy':'Never' | spec.policy: Unsupported value: \"Never\": supported values: \"Allow\", \"Forbid\"",
        "'port':true | spec.port: Invalid value: \"boolean\": spec.port in body must be of type integer,string: \"boolean\"",
        "'until':'soon' | spec.until: Invalid value: \"soon\": spec.until in body must be of type date-time: \"soon\"",
        "'labels':{'a':1} | spec.labels.a: Invalid value: \"integer\": spec.labels.a in body must be of type string: \"integer\"",
        "'jobs':[{}] | spec.jobs[0].name: Required value",
        "'jobs':[{'name':'a'},{'name':'a'}] | spec.jobs[1]: Duplicate value: {\"name\":\"a\"}",
        "'jobs':[{'name':'a'},{'name':'b'},{'name':'c'},{'name':'d'}] | spec.jobs: Too many: 4: must have at most 3 items",
        "'template':{'kind':'Pod'} | spec.template.apiVersion: Required value: must not be empty",
      })
  void whatTheSchemaDoesNotAllowIsRefusedByField(String fields, String message) {
    var spec =
        fields.startsWith("'cronSpec'") || message.startsWith("spec.cronSpec")
            ? fields
            : "'cronSpec':'* * * * *'," + fields;
    var refused =
        Api.refusal(() -> api.post(PATH, "{'metadata':{'name':'a'},'spec':{" + spec + "}}"));
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message())
        .contains("CronTab.stable.example.com \"a\" is invalid: ")
        .contains(message);
    assertThat(refused.details().causes().getFirst().field())
        .isEqualTo(message.substring(0, message.indexOf(": ")));
  }

  @Test
  void nullStandsWhereItIsAllowed() {
    var object = api.post(PATH, crontab("a", "'note':null,'replicas':null,'port':'http'"));
    assertThat(object.get("spec").get("note").isNull()).isTrue();
    assertThat(at(object, "spec.replicas")).isEqualTo("1");
  }

  @Test
  void statusAndSpecAreWrittenApart() {
    var created =
        api.post(
            PATH,
            "{'metadata':{'name':'a'},'spec':{'cronSpec':'* * * * *'},'status':{'phase':'Up'}}");
    assertThat(created.has("status")).isFalse();
    assertThat(at(created, "metadata.generation")).isEqualTo("1");
    var status =
        api.merge(PATH + "/a/status", "{'spec':{'replicas':9},'status':{'phase':'Up','x':1}}");
    assertThat(status.get("status").toString()).isEqualTo("{\"phase\":\"Up\"}");
    assertThat(at(status, "spec.replicas")).isEqualTo("1");
    assertThat(at(status, "metadata.generation")).isEqualTo("1");
    assertThat(Api.refusal(() -> api.merge(PATH + "/a/status", "{'status':{'phase':1}}")).message())
        .contains("status.phase: Invalid value: \"integer\"");
    var changed = api.merge(PATH + "/a", "{'spec':{'replicas':2},'status':{'phase':'Down'}}");
    assertThat(at(changed, "metadata.generation")).isEqualTo("2");
    assertThat(at(changed, "status.phase")).isEqualTo("Up");
  }

  @Test
  void theScaleIsWhereTheDefinitionSays() {
    api.post(PATH, crontab("a", "'replicas':3"));
    api.merge(PATH + "/a/status", "{'status':{'replicas':2,'selector':'app=a'}}");
    var scale = api.get(PATH + "/a/scale");
    assertThat(at(scale, "kind")).isEqualTo("Scale");
    assertThat(at(scale, "spec.replicas")).isEqualTo("3");
    assertThat(at(scale, "status.replicas")).isEqualTo("2");
    assertThat(at(scale, "status.selector")).isEqualTo("app=a");
    api.merge(PATH + "/a/scale", "{'spec':{'replicas':5}}");
    assertThat(at(api.get(PATH + "/a"), "spec.replicas")).isEqualTo("5");
    assertThat(Api.refusal(() -> api.merge(PATH + "/a/scale", "{'spec':{'replicas':50}}")).code())
        .isEqualTo(422);
  }

  @Test
  void patchesAreThoseThatNeedNoMergeKeys() {
    api.post(PATH, crontab("a", "'labels':{'a':'1'}"));
    var patched = api.jsonPatch(PATH + "/a", "[{'op':'add','path':'/spec/labels/b','value':'2'}]");
    assertThat(at(patched, "spec.labels.b")).isEqualTo("2");
    assertThat(Api.refusal(() -> api.strategic(PATH + "/a", "{'spec':{'image':'x'}}")).code())
        .isEqualTo(415);
  }

  @Test
  void aPutNamesTheVersionThatItReplaces() {
    var object = api.post(PATH, crontab("a", ""));
    Tree.make(object, "metadata").remove("resourceVersion");
    assertThat(Api.refusal(() -> api.put(PATH + "/a", object)).message())
        .contains("metadata.resourceVersion: Invalid value: 0: must be specified for an update");
  }

  @Test
  void selectorsAndNamesWorkAsForOtherKinds() {
    api.post(PATH, crontab("a", "'policy':'Forbid'"));
    api.post(PATH, "{'metadata':{'generateName':'b-'},'spec':{'cronSpec':'* * * * *'}}");
    assertThat(api.names(PATH + "?fieldSelector=spec.policy%3DForbid")).containsExactly("a");
    assertThat(Api.refusal(() -> api.list(PATH + "?fieldSelector=spec.image%3Dx")).message())
        .isEqualTo("field label not supported: spec.image");
    var watch = api.watch(PATH + "?fieldSelector=spec.policy%3DForbid");
    api.merge(PATH + "/a", "{'spec':{'policy':'Allow'}}");
    assertThat(Api.events(watch)).containsExactly("ADDED a", "DELETED a");
  }

  @Test
  void columnsAreReadByTheirPaths() {
    var object = api.post(PATH, crontab("a", "'replicas':3,'port':'http'"));
    var printer = api.registry.printer("stable.example.com", "v1", "crontabs").orElseThrow();
    assertThat(printer.columns())
        .extracting("name")
        .containsExactly("Name", "Spec", "Replicas", "Port", "Age");
    assertThat(printer.row(object, Instant.parse("2026-01-01T00:00:30Z")).cells().toString())
        .isEqualTo("[\"a\", \"* * * * 5\", 3, null, \"30s\"]");
  }

  @Test
  void storedBytesAreHandedOnAsTheyAre() {
    api.post(PATH, crontab("a", ""));
    var stored = api.store.get("/stable.example.com/crontabs/default/a").orElseThrow().bytes();
    assertThat(api.many(PATH).items()).singleElement().isSameAs(stored);
  }
}
