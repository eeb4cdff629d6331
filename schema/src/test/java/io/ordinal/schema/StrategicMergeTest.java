package io.ordinal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StrategicMergeTest {
  private static final Schemas SCHEMAS = Schemas.load();

  @Test
  void mapsAreMergedAndNullDeletes() {
    assertMerges(
        "{'metadata':{'labels':{'a':'1','b':'2'}}}",
        "{'metadata':{'labels':{'b':null,'c':'3'},'name':'x'}}",
        "{'metadata':{'labels':{'a':'1','c':'3'},'name':'x'}}");
  }

  @Test
  void containersAreMergedByName() {
    assertMerges(
        "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'1'}]}}",
        "{'spec':{'containers':[{'name':'b','image':'2'}]}}",
        "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}]}}");
  }

  @Test
  void newElementsStandWhereThePatchHasThem() {
    assertMerges(
        "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
        "{'spec':{'containers':[{'name':'c','image':'1'}]}}",
        "{'spec':{'containers':[{'name':'c','image':'1'},{'name':'a'},{'name':'b'}]}}");
  }

  @Test
  void setElementOrderArrangesAndKeepsTheServersOwn() {
    assertMerges(
        "{'spec':{'containers':[{'name':'a'},{'name':'side'},{'name':'b'}]}}",
        "{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}],'containers':[{'name':'b','image':'1'}]}}",
        "{'spec':{'containers':[{'name':'side'},{'name':'b','image':'1'},{'name':'a'}]}}");
  }

  @Test
  void setElementOrderWithoutElementsOnlyArranges() {
    assertMerges(
        "{'metadata':{'finalizers':['a','b','c']}}",
        "{'metadata':{'$setElementOrder/finalizers':['c','a']}}",
        "{'metadata':{'finalizers':['b','c','a']}}");
  }

  @Test
  void anElementThatTheOrderDoesNotNameIsRefused() {
    assertRefuses(
        "{'spec':{'containers':[{'name':'a'}]}}",
        "{'spec':{'$setElementOrder/containers':[{'name':'a'}],'containers':[{'name':'z'}]}}",
        "doesn't match $setElementOrder list");
  }

  @Test
  void patchDeleteRemovesAnElement() {
    assertMerges(
        "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
        "{'spec':{'$setElementOrder/containers':[{'name':'b'}],'containers':[{'$patch':'delete','name':'a'}]}}",
        "{'spec':{'containers':[{'name':'b'}]}}");
  }

  @Test
  void patchReplaceReplacesAList() {
    assertMerges(
        "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
        "{'spec':{'containers':[{'$patch':'replace'},{'name':'c'}]}}",
        "{'spec':{'containers':[{'name':'c'}]}}");
  }

  @Test
  void patchReplaceReplacesAMap() {
    assertMerges(
        "{'metadata':{'labels':{'a':'1'}}}",
        "{'metadata':{'labels':{'$patch':'replace','b':'2'}}}",
        "{'metadata':{'labels':{'b':'2'}}}");
  }

  @Test
  void patchDeleteEmptiesAMap() {
    assertMerges(
        "{'metadata':{'labels':{'a':'1'}}}",
        "{'metadata':{'labels':{'$patch':'delete'}}}",
        "{'metadata':{'labels':{}}}");
  }

  @Test
  void retainKeysClearsTheOthers() {
    assertMerges(
        "{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}",
        "{'spec':{'volumes':[{'name':'v','$retainKeys':['name','hostPath'],'hostPath':{'path':'/x'}}]}}",
        "{'spec':{'volumes':[{'name':'v','hostPath':{'path':'/x'}}]}}");
  }

  @Test
  void retainKeysMustNameThePatchsOwn() {
    assertRefuses(
        "{'spec':{'volumes':[{'name':'v'}]}}",
        "{'spec':{'volumes':[{'name':'v','$retainKeys':['name'],'emptyDir':{}}]}}",
        "$retainKeys list must contain all fields present in the patch");
  }

  @Test
  void primitivesAreJoinedAndDeleted() {
    assertMerges(
        "{'metadata':{'finalizers':['a','b']}}",
        "{'metadata':{'finalizers':['c','a']}}",
        "{'metadata':{'finalizers':['c','a','b']}}");
    assertMerges(
        "{'metadata':{'finalizers':['a','b','c']}}",
        "{'metadata':{'$deleteFromPrimitiveList/finalizers':['b'],'$setElementOrder/finalizers':['a','c']}}",
        "{'metadata':{'finalizers':['a','c']}}");
  }

  @Test
  void atomicListsAreReplaced() {
    assertMerges(
        "{'spec':{'tolerations':[{'key':'a'}],'containers':[{'name':'a','command':['x','y']}]}}",
        "{'spec':{'tolerations':[{'key':'b'}],'containers':[{'name':'a','command':['z']}]}}",
        "{'spec':{'tolerations':[{'key':'b'}],'containers':[{'name':'a','command':['z']}]}}");
  }

  @Test
  void portsAreMergedByTheirNumberAlone() {
    assertMerges(
        "{'spec':{'containers':[{'name':'a','ports':[{'containerPort':80,'protocol':'TCP'}]}]}}",
        "{'spec':{'containers':[{'name':'a','ports':[{'containerPort':80,'name':'http'}]}]}}",
        "{'spec':{'containers':[{'name':'a','ports':[{'containerPort':80,'protocol':'TCP','name':'http'}]}]}}");
  }

  @Test
  void anElementWithoutItsKeyIsRefused() {
    assertRefuses(
        "{'spec':{'containers':[{'name':'a'}]}}",
        "{'spec':{'containers':[{'image':'x'}]}}",
        "does not contain declared merge key: name");
  }

  @Test
  void anUnknownDirectiveIsRefused() {
    assertRefuses(
        "{'metadata':{}}",
        "{'metadata':{'$patch':'nonsense'}}",
        "unknown patch type found: nonsense");
  }

  @Test
  void newMapsComeWithoutDirectivesAndNulls() {
    assertMerges(
        "{}",
        "{'spec':{'nodeSelector':{'$patch':'merge','a':'1','b':null},'containers':[{'name':'a','env':[{'$patch':'delete','name':'x'},{'name':'y'}]}]}}",
        "{'spec':{'nodeSelector':{'a':'1'},'containers':[{'name':'a','env':[{'name':'y'}]}]}}");
  }

  @Test
  void whatRolloutUndoSendsReplacesTheTemplate() {
    assertThat(
            StrategicMerge.apply(
                    tree(
                        "{'spec':{'replicas':3,'template':{'spec':{'containers':[{'name':'a','image':'bad'}]}}}}"),
                    tree(
                        "{'spec':{'template':{'$patch':'replace','spec':{'containers':[{'name':'b','image':'good'}]}}}}"),
                    SCHEMAS.type(new Gvk("apps", "v1", "StatefulSet")).orElseThrow())
                .toString()
                .replace('"', '\''))
        .isEqualTo(
            "{'spec':{'replicas':3,'template':{'spec':{'containers':[{'name':'b','image':'good'}]}}}}");
  }

  @Test
  void neitherTargetNorPatchIsChanged() {
    ObjectNode target = tree("{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}");
    ObjectNode patch =
        tree(
            "{'spec':{'$setElementOrder/containers':[{'name':'b'}],'containers':[{'name':'b','image':'1'}]}}");
    String before = target + " " + patch;

    StrategicMerge.apply(target, patch, SCHEMAS.type(new Gvk("", "v1", "Pod")).orElseThrow());

    assertThat(target + " " + patch).isEqualTo(before);
  }

  private static void assertMerges(String target, String patch, String result) {
    ObjectNode merged =
        StrategicMerge.apply(
            tree(target), tree(patch), SCHEMAS.type(new Gvk("", "v1", "Pod")).orElseThrow());
    assertThat(merged.toString().replace('"', '\'')).isEqualTo(result);
  }

  private static void assertRefuses(String target, String patch, String message) {
    assertThatThrownBy(() -> assertMerges(target, patch, ""))
        .isInstanceOf(PatchException.class)
        .hasMessageContaining(message);
  }

  private static ObjectNode tree(String text) {
    return (ObjectNode) Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
