package io.ordinal.server.custom;

import io.ordinal.schema.Gvk;
import io.ordinal.schema.Schemas;
import io.ordinal.schema.ServedResource;
import io.ordinal.server.Verb;
import io.ordinal.server.kinds.Scales;
import io.ordinal.server.registry.CustomType;
import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.tree.Tree;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A definition that is served, as one kind per version.
///
/// @param shape all of the definition that the kinds are made of: while it stays, so do they
/// @param kinds the served versions, the preferred one first
/// @param stored any of the versions, for finding the objects
record ServedDefinition(String name, ObjectNode shape, List<Kind> kinds, Kind stored) {

  static ServedDefinition of(
      Definition definition, @Nullable ServedDefinition before, Schemas schemas, Ending ending) {
    var shape = shape(definition);
    if (before != null && before.shape.equals(shape)) return before;
    var all =
        definition.versions().stream()
            .sorted(Comparator.comparing(v -> Tree.text(v, "name"), Definition.BY_PRIORITY))
            .map(version -> kind(definition, version, before, schemas, ending))
            .toList();
    var served = all.stream().filter(k -> isServed(definition, k.gvk().version())).toList();
    return new ServedDefinition(definition.name(), shape, served, all.getFirst());
  }

  private static ObjectNode shape(Definition definition) {
    var shape = Tree.object();
    shape.set("spec", definition.tree().get("spec"));
    shape.set("names", definition.acceptedNames());
    return shape;
  }

  private static boolean isServed(Definition definition, String version) {
    return definition.versions().stream()
        .anyMatch(v -> Tree.text(v, "name").equals(version) && Tree.flag(v, "served"));
  }

  private static Kind kind(
      Definition definition,
      ObjectNode version,
      @Nullable ServedDefinition before,
      Schemas schemas,
      Ending ending) {
    var names = definition.acceptedNames();
    var gvk = new Gvk(definition.group(), Tree.text(version, "name"), Tree.text(names, "kind"));
    var noun =
        new Kind.Noun(
            Tree.text(names, "plural"),
            Tree.text(names, "singular"),
            Tree.texts(names, "shortNames"),
            Tree.texts(names, "categories"),
            Tree.text(names, "listKind"));
    var type = type(gvk, noun.listKind(), version, schemas);
    var since = since(definition, version, before);
    var shape = new CustomShape(gvk, definition.storageVersion(), since, type.type());
    var strategy = new CustomStrategy(version, type, shape, ending);
    var kind =
        new Kind(
            gvk, noun, definition.isNamespaced(), EnumSet.allOf(Verb.class), List.of(), strategy);
    return withSubresources(kind, version);
  }

  private static CustomType type(Gvk gvk, String listKind, ObjectNode version, Schemas schemas) {
    var found = Tree.find(version, "schema", "openAPIV3Schema");
    var schema = found == null ? Tree.object() : found;
    return new CustomType(
        schemas.structural(gvk, schema), new ServedResource.Custom(schema, listKind));
  }

  private static Kind withSubresources(Kind kind, ObjectNode version) {
    var more = Tree.has(version, "subresources", "status") ? kind.withStatus() : kind;
    var scale = Tree.find(version, "subresources", "scale");
    if (scale == null) return more;
    return more.with(
        Scales.subresource(
            Tree.text(scale, "specReplicasPath"),
            Tree.text(scale, "statusReplicasPath"),
            Tree.text(scale, "labelSelectorPath")));
  }

  /// Objects that were written since then are as this version's schema wants them.
  private static long since(
      Definition definition, ObjectNode version, @Nullable ServedDefinition before) {
    var name = Tree.text(version, "name");
    if (before != null && same(schemaOf(before.shape, name), schemaOf(definition.tree(), name))) {
      for (var kind : before.kinds) {
        var sameVersion = kind.gvk().version().equals(name);
        if (sameVersion && kind.strategy() instanceof CustomStrategy known) return known.since();
      }
    }
    return Tree.has(definition.tree(), "metadata", "resourceVersion")
        ? Long.parseLong(Tree.text(Metadata.of(definition.tree()), "resourceVersion"))
        : 0;
  }

  private static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
    return one != null && one.equals(other);
  }

  private static @Nullable JsonNode schemaOf(ObjectNode tree, String version) {
    for (var candidate : Tree.objects(tree, "spec", "versions")) {
      if (Tree.text(candidate, "name").equals(version)) return Tree.at(candidate, "schema");
    }
    return null;
  }
}
