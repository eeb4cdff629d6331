package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JsonPatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1} | [{'op':'add','path':'/b','value':2}] | {'a':1,'b':2}",
        "{'a':[1,3]} | [{'op':'add','path':'/a/1','value':2}] | {'a':[1,2,3]}",
        "{'a':[1]} | [{'op':'add','path':'/a/-','value':2}] | {'a':[1,2]}",
        "{'a':1} | [{'op':'add','path':'/a','value':null}] | {'a':null}",
        "{'a':1,'b':2} | [{'op':'remove','path':'/a'}] | {'b':2}",
        "{'a':[1,2,3]} | [{'op':'remove','path':'/a/1'}] | {'a':[1,3]}",
        "{'a':1} | [{'op':'replace','path':'/a','value':{'x':[]}}] | {'a':{'x':[]}}",
        "{'a':{'b':1}} | [{'op':'move','from':'/a/b','path':'/c'}] | {'a':{},'c':1}",
        "{'a':{'b':1}} | [{'op':'copy','from':'/a','path':'/c'},{'op':'add','path':'/c/d','value':2}] | {'a':{'b':1},'c':{'b':1,'d':2}}",
        "{'a/b':{'c~d':1}} | [{'op':'replace','path':'/a~1b/c~0d','value':2}] | {'a/b':{'c~d':2}}",
        "{'a':1} | [{'op':'test','path':'/a','value':1.0},{'op':'add','path':'/b','value':1}] | {'a':1,'b':1}",
        "{'a':1} | [] | {'a':1}",
        "{'a':1} | [{'op':'replace','path':'','value':{'b':1}}] | {'b':1}",
      })
  void applies(String target, String patch, String result) {
    assertThat(JsonPatch.apply(tree(target), tree(patch)).toString().replace('"', '\''))
        .isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1} | [{'op':'test','path':'/a','value':2}] | INAPPLICABLE | test failed",
        "{'a':1} | [{'op':'remove','path':'/b'}] | INAPPLICABLE | missing path",
        "{'a':1} | [{'op':'replace','path':'/b','value':1}] | INAPPLICABLE | missing path",
        "{'a':1} | [{'op':'add','path':'/b/c','value':1}] | INAPPLICABLE | missing path",
        "{'a':[1]} | [{'op':'add','path':'/a/5','value':1}] | INAPPLICABLE | invalid index",
        "{'a':[1]} | [{'op':'add','path':'/a/01','value':1}] | INAPPLICABLE | invalid index",
        "{'a':1} | [{'op':'fly','path':'/b'}] | MALFORMED | fly",
        "{'a':1} | [{'op':'add','path':'/b'}] | MALFORMED | value",
        "{'a':1} | [{'op':'add','value':1}] | MALFORMED | path",
        "{'a':1} | [{'op':'add','path':'b','value':1}] | MALFORMED | slash",
        "{'a':1} | {'op':'add'} | MALFORMED | array",
        "{'a':{}} | [{'op':'move','from':'/a','path':'/a/b'}] | MALFORMED | itself",
      })
  void refuses(String target, String patch, PatchException.Reason reason, String message) {
    assertThatThrownBy(() -> JsonPatch.apply(tree(target), tree(patch)))
        .isInstanceOfSatisfying(PatchException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  @Test
  void tooManyOperationsAreRefused() {
    String operation = "{'op':'test','path':'','value':{}}";
    String patch = "[" + (operation + ",").repeat(JsonPatch.MOST_OPERATIONS) + operation + "]";
    assertThatThrownBy(() -> JsonPatch.apply(tree("{}"), tree(patch)))
        .isInstanceOfSatisfying(
            PatchException.class,
            e -> assertThat(e.reason()).isEqualTo(PatchException.Reason.TOO_LARGE));
  }

  @Test
  void copiesOfCopiesAreRefused() {
    String doubling = "{'op':'copy','from':'/a','path':'/a/-'}";
    String patch = "[" + (doubling + ",").repeat(60) + doubling + "]";
    assertThatThrownBy(() -> JsonPatch.apply(tree("{'a':[1,2,3]}"), tree(patch)))
        .isInstanceOfSatisfying(
            PatchException.class,
            e -> assertThat(e.reason()).isEqualTo(PatchException.Reason.TOO_LARGE));
  }

  @Test
  void theTargetStaysAsItWas() {
    JsonNode target = tree("{'a':{'b':[1]}}");
    JsonPatch.apply(target, tree("[{'op':'add','path':'/a/b/-','value':2}]"));
    assertThat(target).isEqualTo(tree("{'a':{'b':[1]}}"));
  }

  private static JsonNode tree(String text) {
    return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
