package io.ordinal.schema;

import io.ordinal.schema.TypesFile.TypesPackage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// All built-in types. Loading is cheap: a type is parsed when it is first asked for.
public final class Schemas {
  /// Kinds that clients send to every group, under the group's own version.
  private static final Set<String> EVERYWHERE =
      Set.of(
          "DeleteOptions",
          "ListOptions",
          "GetOptions",
          "CreateOptions",
          "UpdateOptions",
          "PatchOptions");

  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1";

  private final TypesFile file;
  private final Map<String, String> packages;
  private final Supplier<MessagesFile> messages;
  private final Map<String, ObjectType> types = new ConcurrentHashMap<>();

  private Schemas(TypesFile file) {
    this.file = file;
    this.messages = Lazy.of(() -> new MessagesFile(file.packages()));
    this.packages =
        file.packages().stream()
            .collect(Collectors.toMap(Schemas::groupVersion, TypesPackage::name));
  }

  /// From the resource that the build made.
  public static Schemas load() {
    return new Schemas(TypesFile.read(Resource.text("types")));
  }

  /// The type of a kind.
  public Optional<ObjectType> type(Gvk gvk) {
    if (gvk.group().equals("meta.k8s.io") || EVERYWHERE.contains(gvk.kind())) {
      return named(META + "." + gvk.kind());
    }
    return Optional.ofNullable(packages.get(gvk.apiVersion()))
        .flatMap(found -> named(found + "." + gvk.kind()))
        .or(() ->
            gvk.apiVersion().equals("v1") ? named(META + "." + gvk.kind()) : Optional.empty());
  }

  /// The type of a custom resource.
  ///
  /// @param schema the structural schema of one version, as its definition carries it
  public ObjectType structural(Gvk gvk, ObjectNode schema) {
    ObjectType metadata = get(META + ".ObjectMeta");
    var head = new LinkedHashMap<String, Field>();
    for (String name : List.of("apiVersion", "kind")) {
      head.put(name, new Field(name, FieldType.Scalar.STRING, false, false, Merging.PLAIN));
    }
    var ref = new FieldType.Ref(metadata.name(), () -> metadata);
    head.put("metadata", new Field("metadata", ref, false, false, Merging.PLAIN));
    return ObjectType.structural(
        CustomType.name(gvk), head, Lazy.of(() -> new StructuralSchema(schema, metadata)));
  }

  /// By OpenAPI name: `io.k8s.api.core.v1.PodSpec`.
  public Optional<ObjectType> named(String openApiName) {
    return file.has(openApiName) ? Optional.of(get(openApiName)) : Optional.empty();
  }

  /// The OpenAPI names of all types, kinds and parts alike.
  public List<String> names() {
    return file.names();
  }

  /// The kind that a type is, if it is one: it has an `apiVersion` and a `kind` of its own.
  Optional<Gvk> kindOf(ObjectType type) {
    if (type.field("apiVersion") == null || type.field("kind") == null) {
      return Optional.empty();
    }
    return file.packages().stream()
        .filter(found -> type.name().equals(found.name() + "." + type.simpleName()))
        .map(found ->
            new Gvk(
                found.group().equals("-") ? "" : found.group(), found.version(), type.simpleName()))
        .findFirst();
  }

  /// How types are written on the wire.
  MessagesFile messages() {
    return messages.get();
  }

  /// The packages in the order in which the build numbered them.
  List<TypesPackage> packages() {
    return file.packages();
  }

  private ObjectType get(String name) {
    ObjectType known = types.get(name);
    return known != null
        ? known
        : types.computeIfAbsent(name, missing -> file.type(missing, this::get));
  }

  private static String groupVersion(TypesPackage of) {
    return new Gvk(of.group(), of.version(), "").apiVersion();
  }
}
