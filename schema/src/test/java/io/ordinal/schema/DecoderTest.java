package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class DecoderTest {
  private static final Schemas SCHEMAS = Schemas.load();

  @Test
  void keepsWhatTheTypeKnows() {
    assertDecodes(
        "Pod",
        "{'metadata':{'name':'a'},'spec':{'containers':[{'name':'c'}]},'kind':'Pod','apiVersion':'v1'}",
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'},'spec':{'containers':[{'name':'c'}]}}");
  }

  @Test
  void prunesAndReportsUnknownFields() {
    Decoded decoded =
        decode(
            "Pod",
            "{'spec':{'containers':[{'name':'a'},{'foo':{'x':[1,{}]},'name':'c'}],'bar':[2]}}");

    assertThat(decoded.tree().toString().replace('"', '\''))
        .isEqualTo("{'spec':{'containers':[{'name':'a'},{'name':'c'}]}}");
    assertThat(decoded.problems())
        .containsExactly("unknown field \"spec.containers[1].foo\"", "unknown field \"spec.bar\"");
  }

  @Test
  void theLastOfDuplicateFieldsWins() {
    Decoded decoded =
        decode("Service", "{'spec':{'type':'A','type':'B','selector':{'a':'1','a':'2'}}}");

    assertThat(decoded.tree().toString().replace('"', '\''))
        .isEqualTo("{'spec':{'type':'B','selector':{'a':'2'}}}");
    assertThat(decoded.problems())
        .containsExactly("duplicate field \"spec.type\"", "duplicate field \"spec.selector.a\"");
  }

  @Test
  void nobodyHearsOfProblemsThatHeIgnores() {
    var type = SCHEMAS.type(new Gvk("", "v1", "Pod")).orElseThrow();
    assertThat(new Decoder().decode(bytes("{'foo':1}"), type, Strictness.IGNORE).problems())
        .isEmpty();
  }

  @Test
  void dropsWhatMeansNotGiven() {
    assertDecodes(
        "Pod",
        "{'metadata':{'labels':{},'creationTimestamp':null},'spec':{'hostNetwork':false,'nodeName':'','volumes':[]},'status':{}}",
        "{'metadata':{},'spec':{},'status':{}}");
  }

  @Test
  void keepsZerosThatMeanSomething() {
    String text =
        "{'spec':{'automountServiceAccountToken':false,'terminationGracePeriodSeconds':0,"
            + "'volumes':[{'name':'v','hostPath':{'path':'/x','type':''}}]}}";
    assertDecodes("Pod", text, text);
  }

  @Test
  void aNullInAListIsItsZero() {
    assertDecodes(
        "Pod",
        "{'spec':{'containers':[null,{'name':'a','command':[null,'b']}]}}",
        "{'spec':{'containers':[{},{'name':'a','command':['','b']}]}}");
  }

  @Test
  void quantitiesBecomeCanonical() {
    assertDecodes(
        "Pod",
        "{'spec':{'containers':[{'name':'c','resources':{'limits':{'cpu':0.5,'memory':'1024Mi','x':2}}}]}}",
        "{'spec':{'containers':[{'name':'c','resources':{'limits':{'cpu':'500m','memory':'1Gi','x':'2'}}}]}}");
  }

  @Test
  void timesBecomeCanonical() {
    assertDecodes(
        "Pod",
        "{'metadata':{'creationTimestamp':'2026-11-23T18:00:00.5+01:00'}}",
        "{'metadata':{'creationTimestamp':'2026-11-23T17:00:00Z'}}");
    assertDecodes(
        "coordination.k8s.io",
        "Lease",
        "{'spec':{'renewTime':'2026-11-23T17:00:00Z','acquireTime':'2026-11-23T17:00:00.123456Z'}}",
        "{'spec':{'renewTime':'2026-11-23T17:00:00.000000Z','acquireTime':'2026-11-23T17:00:00.123456Z'}}");
  }

  @Test
  void anIntOrStringIsEither() {
    String text =
        "{'spec':{'ports':[{'port':80,'targetPort':8080},{'port':81,'targetPort':'http'}]}}";
    assertDecodes("Service", text, text);
  }

  @Test
  void rawJsonStaysAsItIs() {
    String text = "{'data':{'a':null,'b':[],'c':{'d':1.50}},'revision':1}";
    assertDecodes(
        "apps",
        "ControllerRevision",
        text,
        "{'data':{'a':null,'b':[],'c':{'d':1.5}},'revision':1}");
  }

  @Test
  void wordsWrongTypesAsUpstreamDoes() {
    assertRefuses(
        "apps",
        "StatefulSet",
        "{'spec':{'replicas':'3'}}",
        "json: cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32");
    assertRefuses(
        "apps",
        "StatefulSet",
        "{'spec':{'template':{'spec':{'containers':[{'env':[{'value':1}]}]}}}}",
        "json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string");
    assertRefuses(
        "",
        "Pod",
        "{'metadata':{'labels':{'a':1}}}",
        "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string");
    assertRefuses(
        "",
        "Pod",
        "{'spec':{'containers':{}}}",
        "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container");
    assertRefuses(
        "",
        "Pod",
        "{'spec':[]}",
        "json: cannot unmarshal array into Go struct field Pod.spec of type v1.PodSpec");
    assertRefuses("", "Pod", "[]", "json: cannot unmarshal array into Go value of type v1.Pod");
  }

  @Test
  void numbersStayInTheirRange() {
    assertRefuses(
        "apps",
        "StatefulSet",
        "{'spec':{'replicas':99999999999}}",
        "json: cannot unmarshal number 99999999999 into Go struct field StatefulSetSpec.spec.replicas of type int32");
    assertRefuses(
        "apps",
        "StatefulSet",
        "{'spec':{'replicas':1.5}}",
        "json: cannot unmarshal number 1.5 into Go struct field StatefulSetSpec.spec.replicas of type int32");
    assertRefuses(
        "",
        "Pod",
        "{'spec':{'terminationGracePeriodSeconds':9223372036854775808}}",
        "json: cannot unmarshal number 9223372036854775808 into Go struct field"
            + " PodSpec.spec.terminationGracePeriodSeconds of type int64");
  }

  @Test
  void refusesBadQuantitiesTimesAndBase64() {
    assertRefuses(
        "",
        "PersistentVolumeClaim",
        "{'spec':{'resources':{'requests':{'storage':'1 Gi'}}}}",
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    assertRefuses(
        "",
        "Pod",
        "{'metadata':{'creationTimestamp':'today'}}",
        "parsing time \"today\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"today\" as \"2006\"");
    assertRefuses("", "Secret", "{'data':{'a':'b!=='}}", "illegal base64 data at input byte 1");
  }

  @Test
  void refusesWhatIsNotJson() {
    for (String text : new String[] {"", "{", "{'a'", "nope", "{}x", "[".repeat(5000)}) {
      assertThatThrownBy(() -> decode("Pod", text)).isInstanceOf(DecodeException.class);
    }
    assertThatThrownBy(
            () -> decode("ConfigMap", "{'foo':" + "[".repeat(5000) + "]".repeat(5000) + "}"))
        .isInstanceOf(DecodeException.class);
  }

  @Test
  void decodesATreeLikeItsText() {
    var type = SCHEMAS.type(new Gvk("", "v1", "Pod")).orElseThrow();
    var tree =
        Json.read(
            bytes(
                "{'spec':{'foo':1,'hostNetwork':true,'containers':[{'ports':[{'containerPort':1}]}]}}"));

    Decoded decoded = new Decoder().decode(tree, type, Strictness.REPORT);

    assertThat(decoded.problems()).containsExactly("unknown field \"spec.foo\"");
    assertThat(decoded.tree().toString().replace('"', '\''))
        .isEqualTo("{'spec':{'hostNetwork':true,'containers':[{'ports':[{'containerPort':1}]}]}}");
  }

  /// A tree that was put together has small numbers of wide types, and raw parts of its own.
  @Test
  void decodesATreeThatWasMadeByHand() {
    var type = SCHEMAS.type(new Gvk("apps", "v1", "ControllerRevision")).orElseThrow();
    var tree = JsonNodeFactory.instance.objectNode().put("revision", 7L);
    tree.putObject("metadata").put("generation", 1L << 40);
    tree.putObject("data").putObject("spec").put("replicas", 3L);
    var pod = SCHEMAS.type(new Gvk("", "v1", "Pod")).orElseThrow();
    var graceful = JsonNodeFactory.instance.objectNode();
    graceful.putObject("spec").put("priority", 5L);

    assertThat(new Decoder().decode(tree, type, Strictness.REPORT).tree().toString())
        .isEqualTo(
            "{\"metadata\":{\"generation\":1099511627776},\"revision\":7,\"data\":{\"spec\":{\"replicas\":3}}}");
    assertThat(new Decoder().decode(graceful, pod, Strictness.REPORT).tree().toString())
        .isEqualTo("{\"spec\":{\"priority\":5}}");
    graceful.putObject("spec").put("priority", 1L << 40);
    assertThatThrownBy(() -> new Decoder().decode(graceful, pod, Strictness.REPORT))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("cannot unmarshal number 1099511627776");
  }

  @Test
  void saysWhatABodyClaimsToBe() {
    assertThat(
            new Decoder()
                .typeMeta(bytes("{'metadata':{'kind':'x'},'kind':'Pod','apiVersion':'v1'}")))
        .isEqualTo(new Decoder.TypeMeta("v1", "Pod"));
  }

  private static void assertDecodes(String kind, String in, String out) {
    assertDecodes("", kind, in, out);
  }

  private static void assertDecodes(String group, String kind, String in, String out) {
    Decoded decoded = decode(group, kind, in);
    assertThat(decoded.tree().toString().replace('"', '\'')).isEqualTo(out);
    assertThat(decoded.problems()).isEmpty();
  }

  private static void assertRefuses(String group, String kind, String in, String message) {
    assertThatThrownBy(() -> decode(group, kind, in))
        .isInstanceOf(DecodeException.class)
        .hasMessage(message);
  }

  private static Decoded decode(String kind, String text) {
    return decode("", kind, text);
  }

  private static Decoded decode(String group, String kind, String text) {
    var type = SCHEMAS.type(new Gvk(group, "v1", kind)).orElseThrow();
    return new Decoder().decode(bytes(text), type, Strictness.REPORT);
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
