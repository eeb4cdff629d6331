package io.ordinal.server.custom;

import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import tools.jackson.databind.node.ObjectNode;

/// The definition that the tests of this package start from.
public final class Crontabs {
  public static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  public static final String NAME = "crontabs.stable.example.com";
  public static final String PATH = "/apis/stable.example.com/v1/namespaces/default/crontabs";

  private static final String SPEC =
      """
      {"type": "object",
       "required": ["cronSpec"],
       "properties": {
         "cronSpec": {"type": "string", "pattern": "^(\\\\d+|\\\\*)( (\\\\d+|\\\\*)){4}$"},
         "image": {"type": "string", "maxLength": 12},
         "replicas": {"type": "integer", "minimum": 1, "maximum": 10, "default": 1},
         "policy": {"type": "string", "enum": ["Allow", "Forbid"], "default": "Allow"},
         "port": {"x-kubernetes-int-or-string": true},
         "note": {"type": "string", "nullable": true},
         "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
         "labels": {"type": "object", "additionalProperties": {"type": "string"}},
         "until": {"type": "string", "format": "date-time"},
         "template": {"type": "object", "x-kubernetes-embedded-resource": true,
             "x-kubernetes-preserve-unknown-fields": true},
         "jobs": {"type": "array", "maxItems": 3,
             "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
             "items": {"type": "object", "required": ["name"],
                 "properties": {"name": {"type": "string"}, "weight": {"type": "number"}}}}}}
      """;

  private Crontabs() {}

  /// CronTabs of stable.example.com, with status, scale and columns.
  public static ObjectNode definition() {
    var definition =
        Json.parse(
            """
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
             "metadata": {"name": "crontabs.stable.example.com"},
             "spec": {"group": "stable.example.com", "scope": "Namespaced",
               "names": {"plural": "crontabs", "kind": "CronTab", "shortNames": ["ct"],
                   "categories": ["all"]},
               "versions": [{"name": "v1", "served": true, "storage": true,
                 "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                     "status": {"type": "object", "properties": {
                         "replicas": {"type": "integer"}, "selector": {"type": "string"},
                         "phase": {"type": "string"}}}}}},
                 "subresources": {"status": {}, "scale": {
                     "specReplicasPath": ".spec.replicas",
                     "statusReplicasPath": ".status.replicas",
                     "labelSelectorPath": ".status.selector"}},
                 "selectableFields": [{"jsonPath": ".spec.policy"}],
                 "additionalPrinterColumns": [
                   {"name": "Spec", "type": "string", "jsonPath": ".spec.cronSpec"},
                   {"name": "Replicas", "type": "integer", "jsonPath": ".spec.replicas"},
                   {"name": "Port", "type": "integer", "jsonPath": ".spec.port", "priority": 1},
                   {"name": "Age", "type": "date",
                       "jsonPath": ".metadata.creationTimestamp"}]}]}}
            """);
    Tree.make(schema(definition), "properties").set("spec", Json.parse(SPEC));
    return definition;
  }

  /// The definition's only version.
  public static ObjectNode version(ObjectNode definition) {
    return Tree.objects(definition, "spec", "versions").getFirst();
  }

  /// Its schema.
  public static ObjectNode schema(ObjectNode definition) {
    return Tree.make(version(definition), "schema", "openAPIV3Schema");
  }

  /// A CronTab with these fields in its spec, besides the one that it must have.
  public static String crontab(String name, String fields) {
    return "{'metadata':{'name':'%s'},'spec':{'cronSpec':'* * * * 5'%s}}"
        .formatted(name, fields.isEmpty() ? "" : "," + fields);
  }
}
