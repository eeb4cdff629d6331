package io.ordinal.server.custom;

import static io.ordinal.server.custom.Crontabs.DEFINITIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.schema.JsonPatch;
import io.ordinal.server.registry.Api;
import io.ordinal.server.tree.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is refused of a definition: one thing that is changed in a good one, and what is said of
/// it.
class DefinitionRulesTest {
  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/metadata/name | 'other.stable.example.com' | metadata.name: Invalid value: \"other.stable.example.com\": must be spec.names.plural+\".\"+spec.group",
        "/spec/group | 'example' | spec.group: Invalid value: \"example\": should be a domain with at least one dot",
        "/spec/group | 'x.k8s.io' | metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation",
        "/spec/scope | 'World' | spec.scope: Unsupported value: \"World\": supported values: \"Cluster\", \"Namespaced\"",
        "/spec/names/kind | 'Cron_Tab' | spec.names.kind: Invalid value: \"Cron_Tab\": may have mixed case, but should otherwise match: a DNS-1035 label",
        "/spec/names/listKind | 'CronTab' | spec.names.listKind: Invalid value: \"CronTab\": kind and listKind may not be the same",
        "/spec/names/shortNames/0 | 'C' | spec.names.shortNames[0]: Invalid value: \"C\": a DNS-1035 label",
        "/spec/preserveUnknownFields | true | spec.preserveUnknownFields: Invalid value: true: cannot set to true",
        "/spec/conversion | {'strategy':'Webhook'} | spec.conversion.strategy: Forbidden: conversion by webhooks is not supported",
        "/spec/versions/0/storage | false | spec.versions: Invalid value: \"[v1]\": must have exactly one version marked as storage version",
        "/spec/versions/0/schema | {} | spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required",
        "/spec/versions/0/subresources/scale/specReplicasPath | '.status.x' | spec.versions[0].subresources.scale.specReplicasPath: Invalid value: \".status.x\": should be a json path under .spec",
        "/spec/versions/0/additionalPrinterColumns/0/type | 'text' | spec.versions[0].additionalPrinterColumns[0].type: Unsupported value: \"text\"",
        "/spec/versions/0/additionalPrinterColumns/0/jsonPath | 'spec' | spec.versions[0].additionalPrinterColumns[0].jsonPath: Invalid value: \"spec\": is an invalid jsonpath",
        "/spec/versions/0/selectableFields/0/jsonPath | '.spec.jobs' | spec.versions[0].selectableFields[0].jsonPath: Invalid value: \".spec.jobs\": is an invalid path",
        "S | 'array' | spec.versions[0].schema.openAPIV3Schema.type: Invalid value: \"array\": must be object at the root",
        "S/properties/x | {} | spec.versions[0].schema.openAPIV3Schema.properties[x].type: Required value: must not be empty for specified object fields",
        "S/properties/x | {'type':'array'} | spec.versions[0].schema.openAPIV3Schema.properties[x].items: Required value: must be specified",
        "S/properties/x | {'type':'array','items':{}} | properties[x].items.type: Required value: must not be empty for specified array items",
        "S/properties/x | {'type':'text'} | properties[x].type: Unsupported value: \"text\"",
        "S/properties/x | {'type':'array','uniqueItems':true,'items':{'type':'string'}} | properties[x].uniqueItems: Forbidden: uniqueItems cannot be set to true",
        "S/properties/x | {'type':'string','pattern':'('} | properties[x].pattern: Invalid value: \"(\": must be a valid regular expression",
        "S/properties/x | {'type':'integer','default':'a'} | properties[x].default: Invalid value: \"string\"",
        "S/properties/x | {'type':'string','x-kubernetes-int-or-string':true} | properties[x].type: Invalid value: \"string\": must be empty if x-kubernetes-int-or-string is true",
        "S/properties/x | {'type':'object','x-kubernetes-embedded-resource':true} | properties[x].properties: Required value: must not be empty if x-kubernetes-embedded-resource is true",
        "S/properties/x | {'type':'object','additionalProperties':false} | properties[x].additionalProperties: Forbidden: additionalProperties cannot be set to false",
        "S/properties/x | {'type':'array','x-kubernetes-list-type':'map','items':{'type':'object'}} | properties[x].x-kubernetes-list-map-keys: Required value: must not be empty",
        "S/properties/x | {'type':'object','anyOf':[{'properties':{'a':{'minimum':1}}}]} | properties[x].properties[a]: Required value: because it is defined in",
        "S/properties/x | {'type':'string','oneOf':[{'type':'string'}]} | properties[x].oneOf[0].type: Forbidden: must be empty to be structural",
        "S/properties/x | {'type':'string','x-kubernetes-validations':[{'rule':'self == self'}]} | properties[x].x-kubernetes-validations: Forbidden: validation rules (CEL) are not supported",
        "S/properties/metadata | {'type':'object','properties':{'labels':{'type':'object'}}} | properties[metadata]: Forbidden: must not specify anything other than name and generateName",
      })
  void isRefusedByField(String path, String value, String message) {
    var place =
        path.equals("S")
            ? "/spec/versions/0/schema/openAPIV3Schema/type"
            : path.replaceFirst("^S", "/spec/versions/0/schema/openAPIV3Schema");
    var patch = "[{\"op\":\"add\",\"path\":\"%s\",\"value\":%s}]".formatted(place, value);
    var operations = Json.parseAny(patch.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    var bad = JsonPatch.apply(Crontabs.definition(), operations).toString();
    var refused = Api.refusal(() -> api.call("POST", DEFINITIONS, "application/json", bad));
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message()).contains(message);
    assertThat(api.list(DEFINITIONS)).isEmpty();
  }

  @Test
  void whatIdentifiesAKindStays() {
    api.post(DEFINITIONS, Crontabs.definition().toString());
    var path = DEFINITIONS + "/" + Crontabs.NAME;
    assertThat(Api.refusal(() -> api.merge(path, "{'spec':{'scope':'Cluster'}}")).message())
        .endsWith("spec.scope: Invalid value: \"Cluster\": field is immutable");
    assertThat(Api.refusal(() -> api.merge(path, "{'spec':{'names':{'kind':'X'}}}")).message())
        .contains("spec.names.kind: Invalid value: \"X\": field is immutable");
  }
}
