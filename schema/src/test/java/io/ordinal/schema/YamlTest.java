package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: 1 | {'a':1}",
        "a: x | {'a':'x'}",
        "a: '1' | {'a':'1'}",
        "a: yes | {'a':true}",
        "a: off | {'a':false}",
        "a: 0644 | {'a':420}",
        "a: 0o644 | {'a':420}",
        "a: 0x1F | {'a':31}",
        "a: 1_000 | {'a':1000}",
        "a: 1.5 | {'a':1.5}",
        "a: 1.20 | {'a':1.20}",
        "a: 500m | {'a':'500m'}",
        "a: 1.2.3 | {'a':'1.2.3'}",
        "a: 2026-11-23 | {'a':'2026-11-23'}",
        "a: -5 | {'a':-5}",
        "a: | {'a':null}",
        "a: ~ | {'a':null}",
        "a: [] | {'a':[]}",
        "{a: {b: [1, x]}} | {'a':{'b':[1,'x']}}",
        "1: x | {'1':'x'}",
      })
  void scalarsMeanWhatTheyMeanToKubectl(String yaml, String json) {
    assertThat(toJson(yaml)).isEqualTo(json);
  }

  @Test
  void aManifest() {
    assertThat(
            toJson(
                """
                # a comment
                kind: Pod
                spec: &spec
                  containers:
                  - name: a
                    command: ["sh", "-c"]
                    args:
                    - |
                      echo 1
                      echo 2
                  - {name: b}
                again: *spec
                """))
        .isEqualTo(
            "{'kind':'Pod','spec':{'containers':[{'name':'a','command':['sh','-c'],'args':['echo 1\\necho 2\\n']},{'name':'b'}]},"
                + "'again':{'containers':[{'name':'a','command':['sh','-c'],'args':['echo 1\\necho 2\\n']},{'name':'b'}]}}");
  }

  @Test
  void duplicateKeysStayForTheDecoderToReport() {
    assertThat(toJson("a: 1\na: 2\n")).isEqualTo("{'a':1,'a':2}");
  }

  @Test
  void refusesBombsAndNonsense() {
    var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append(
          "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d]\n"
              .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1));
    }
    for (String yaml :
        new String[] {
          bomb.toString(),
          "[".repeat(200) + "]".repeat(200),
          "a: [",
          "a: 1\n b: 2",
          "a: 1\n---\nb: 2\n",
          "&a [*a]",
          "[a]: 1"
        }) {
      assertThatThrownBy(() -> toJson(yaml)).isInstanceOf(DecodeException.class);
    }
  }

  @Test
  void writesBlocks() {
    String json =
        "{'kind':'Pod','metadata':{'name':'a-1','labels':{'app.io/x':'yes','n':'1','e':'','t':'a: b'},'annotations':{}},"
            + "'spec':{'containers':[{'name':'c','args':['x','0644'],'ports':[]},{'name':'d'}],'n':5,'b':true,'nested':[[1,2],[]]}}";
    String yaml = new String(Yaml.write(tree(json)), StandardCharsets.UTF_8);
    assertThat(yaml)
        .isEqualTo(
            """
            kind: Pod
            metadata:
              name: a-1
              labels:
                app.io/x: "yes"
                "n": "1"
                e: ""
                t: "a: b"
              annotations: {}
            spec:
              containers:
              - name: c
                args:
                - x
                - "0644"
                ports: []
              - name: d
              "n": 5
              b: true
              nested:
              - - 1
                - 2
              - []
            """);
    assertThat(toJson(yaml)).isEqualTo(json);
  }

  private static tools.jackson.databind.JsonNode tree(String text) {
    return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static String toJson(String yaml) {
    return new String(Yaml.toJson(yaml.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8)
        .replace('"', '\'');
  }
}
