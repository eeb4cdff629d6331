package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Structural schemas: what is kept, filled in and refused. JSON is written with single quotes.
class StructuralSchemaTest {
  private static final Schemas SCHEMAS = Schemas.load();
  private static final String LONG = "'" + "a".repeat(60) + "'";
  private static final Gvk GVK = new Gvk("example.com", "v1", "Thing");

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
  }

  private static Decoded decode(String schema, String body) {
    var bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new Decoder().decode(bytes, SCHEMAS.structural(GVK, json(schema)), Strictness.REPORT);
  }

  private static String problems(String schema, String value) {
    var object = "{'properties':{'x':" + schema + "}}";
    var found = StructuralSchema.of(json(object)).check(json("{'x':" + value + "}"), null);
    return String.join(
        "; ",
        found.stream().map(p -> (p.path() + " " + p.type() + " " + p.detail()).strip()).toList());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'properties':{'a':{}}} | {'a':1,'b':2} | {'a':1} | unknown field \"b\"",
        "{'properties':{'a':{'type':'object'}}} | {'a':{'b':2}} | {'a':{}} | unknown field \"a.b\"",
        "{'x-kubernetes-preserve-unknown-fields':true,'properties':{'a':{'type':'object'}}} | {'a':{'b':2},'c':{'d':[{}]}} | {'a':{},'c':{'d':[{}]}} | unknown field \"a.b\"",
        "{'properties':{'a':{'additionalProperties':{'properties':{'b':{}}}}}} | {'a':{'k':{'b':1,'c':2}}} | {'a':{'k':{'b':1}}} | unknown field \"a.k.c\"",
        "{'properties':{'a':{'items':{'properties':{'b':{}}}}}} | {'a':[{'b':1},{'c':2}]} | {'a':[{'b':1},{}]} | unknown field \"a[1].c\"",
        "{'properties':{'a':{'x-kubernetes-embedded-resource':true}}} | {'a':{'kind':'K','metadata':{'name':'n','foo':1},'spec':{}}} | {'a':{'kind':'K','metadata':{'name':'n'}}} | unknown field \"a.metadata.foo\"",
        "{'properties':{'a':{}}} | {'a':1,'a':[]} | {'a':[]} | duplicate field \"a\"",
      })
  void whatIsNotDescribedIsPruned(String schema, String body, String kept, String problem) {
    var decoded = decode(schema, body);
    assertThat(decoded.tree()).isEqualTo(json(kept));
    assertThat(decoded.problems()).first().isEqualTo(problem);
  }

  @Test
  void theHeadIsThatOfEveryObject() {
    var decoded = decode("{}", "{'kind':'Thing','metadata':{'name':'a','labels':{}}}");
    assertThat(decoded.tree()).isEqualTo(json("{'kind':'Thing','metadata':{'name':'a'}}"));
    assertThatThrownBy(() -> decode("{}", "{'metadata':{'labels':1}}"))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("cannot unmarshal number into Go struct field");
  }

  @Test
  void zerosAndEmptyThingsMeanWhatTheySay() {
    var body = "{'a':{'zero':0,'no':false,'empty':'','list':[],'map':{}}}";
    var schema = "{'properties':{'a':{'x-kubernetes-preserve-unknown-fields':true}}}";
    assertThat(decode(schema, body).tree()).isEqualTo(json(body));
  }

  @ParameterizedTest(name = "{1} becomes {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'properties':{'a':{'default':1}}} | {} | {'a':1}",
        "{'properties':{'a':{'default':1}}} | {'a':0} | {'a':0}",
        "{'properties':{'a':{'default':1}}} | {'a':null} | {'a':1}",
        "{'properties':{'a':{'default':1,'nullable':true}}} | {'a':null} | {'a':null}",
        "{'properties':{'a':{'properties':{'b':{'default':1}}}}} | {} | {}",
        "{'properties':{'a':{'default':{},'properties':{'b':{'default':1}}}}} | {} | {'a':{'b':1}}",
        "{'properties':{'a':{'items':{'properties':{'b':{'default':1}}}}}} | {'a':[{},{'b':2}]} | {'a':[{'b':1},{'b':2}]}",
        "{'properties':{'a':{'additionalProperties':{'properties':{'b':{'default':1}}}}}} | {'a':{'k':{}}} | {'a':{'k':{'b':1}}}",
      })
  void defaultsCompleteWhatIsLeftOut(String schema, String value, String filled) {
    var tree = json(value);
    StructuralSchema.of(json(schema)).fill(tree);
    assertThat(tree).isEqualTo(json(filled));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      emptyValue = "",
      nullValues = "",
      value = {
        "{'type':'integer'} | 1.0 | ``",
        "{'type':'number'} | 1 | ``",
        "{'type':'integer','format':'int32'} | 3000000000 | x WRONG_TYPE x in body must be of type int32: \"integer\"",
        "{'type':'number','maximum':2,'exclusiveMaximum':true} | 2 | x INVALID x in body should be less than 2",
        "{'type':'number','minimum':2,'exclusiveMinimum':true} | 2 | x INVALID x in body should be greater than 2",
        "{'type':'number','multipleOf':0.5} | 0.7 | x INVALID x in body should be a multiple of 0.5",
        "{'type':'string','minLength':2} | 'ä' | x INVALID x in body should be at least 2 chars long",
        "{'type':'array','minItems':1} | [] | x INVALID x in body should have at least 1 items",
        "{'type':'array','uniqueItems':true} | [1,1] | x INVALID x in body shouldn't contain duplicates",
        "{'type':'object','minProperties':1} | {} | x INVALID x in body should have at least 1 properties",
        "{'enum':[1,'a']} | 1.0 | ``",
        "{'x-kubernetes-list-type':'set','items':{}} | ['a','b','a'] | x[2] DUPLICATE",
        "{'anyOf':[{'minimum':5},{'maximum':1}]} | 3 | <nil> INVALID \"x\" must validate at least one schema (anyOf); x INVALID x in body should be greater than or equal to 5",
        "{'oneOf':[{'minimum':1},{'minimum':2}]} | 3 | <nil> INVALID \"x\" must validate one and only one schema (oneOf). Found 2 valid alternatives",
        "{'allOf':[{'minimum':1},{'minimum':5}]} | 3 | x INVALID x in body should be greater than or equal to 5; <nil> INVALID \"x\" must validate all the schemas (allOf)",
        "{'not':{'enum':[3]}} | 3 | <nil> INVALID \"x\" must not validate the schema (not)",
      })
  void valuesAreHeldAgainstTheirSchema(String schema, String value, String expected) {
    assertThat(problems(schema, value)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void whatAnUpdateLeavesAsItWasIsNotLookedAtAgain() {
    var schema =
        StructuralSchema.of(
            json(
                "{'properties':{'a':{'maximum':1},'l':{'x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'properties':{'k':{},'v':{'maximum':1}}}}}}"));
    var old = json("{'a':5,'l':[{'k':'x','v':5},{'k':'y','v':0}]}");
    var same = json("{'a':5,'b':1,'l':[{'k':'y','v':1},{'k':'x','v':5}]}");
    assertThat(schema.check(same, old)).isEmpty();
    assertThat(schema.check(same, null)).hasSize(2);
    assertThat(schema.check(json("{'a':6}"), old)).hasSize(1);
  }

  /// Each by itself is given up soon, but there is no end to how many there may be: together they
  /// leave nothing for the one that fits.
  @Test
  void patternsThatTakeForEverAreGivenUpTogether() {
    var endless = Collections.nCopies(11, "{'pattern':'^(a|aa)+(?:b)\\\\1$'}");
    var schema = "{'anyOf':[" + String.join(",", endless) + ",{'pattern':'^a'}]}";
    assertThat(problems("{'anyOf':[" + endless.getFirst() + ",{'pattern':'^a'}]}", LONG)).isEmpty();
    assertThat(problems(schema, LONG))
        .contains("must validate at least one schema (anyOf)")
        .contains("x in body takes too long to match");
  }

  @Test
  void aLongTextIsNotTooMuchForAPattern() {
    var text = "'" + "a.".repeat(500_000) + "a'";
    assertThat(problems("{'pattern':'^[a.]*$'}", text)).isEmpty();
    assertThat(problems("{'format':'hostname'}", text)).contains("takes too long to match");
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "date, 2026-02-28, true",
    "date, 2026-02-30, false",
    "date-time, 2026-02-28T01:02:03.5+01:00, true",
    "date-time, 2026-02-28T01:02, false",
    "ipv4, 10.0.0.255, true",
    "ipv4, 10.0.0.256, false",
    "ipv6, fd00::1, true",
    "ipv6, ::ffff:10.0.0.1, true",
    "ipv6, 1::2::3, false",
    "cidr, 10.0.0.0/8, true",
    "cidr, 10.0.0.0/33, false",
    "uuid, 123e4567-e89b-12d3-a456-426614174000, true",
    "uuid, 123e4567, false",
    "hostname, a.example.com, true",
    "hostname, -a, false",
    "email, a@b.c, true",
    "email, a, false",
    "uri, https://a/b, true",
    "uri, a b, false",
    "byte, YQ==, true",
    "byte, YQ=, false",
    "duration, 1h30m, true",
    "duration, soon, false",
    "mac, 01:23:45:67:89:ab, true",
    "mac, 01:23, false",
    "no-such-format, anything, true",
  })
  void formatsOfTexts(String format, String text, boolean fits) throws Exception {
    assertThat(Formats.fits(format, text, new Looks())).isEqualTo(fits);
  }
}
