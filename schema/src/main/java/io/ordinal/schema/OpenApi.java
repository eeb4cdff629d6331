package io.ordinal.schema;

import io.ordinal.schema.OpenApiTypes.Dialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The published description of what is served: OpenAPI v2 (JSON, and gnostic's protobuf for
/// kubectl ≤ 1.26) and v3. Each document is made when first asked for.
public final class OpenApi {

  /// A document and the hash of its bytes, for ETag and `?hash=`.
  ///
  /// @param bytes shared: never to be modified
  /// @param hash in capital hexadecimal digits; another one when the document is another
  public record Document(byte[] bytes, String hash) {

    private static Document of(byte[] bytes) {
      return new Document(bytes, hashOf(bytes));
    }

    private static String hashOf(byte[] bytes) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(bytes);
        return HexFormat.of().withUpperCase().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-512", e);
      }
    }
  }

  private final Schemas schemas;
  private final List<ServedResource> served;
  private final String version;
  private final Lazy<Document> v2Json;
  private final Lazy<Document> v2Protobuf;
  private final Lazy<Document> v3Index;
  private final Map<String, Lazy<Document>> v3;

  /// Describes these resources.
  ///
  /// @param version the server's version, for `info`
  public OpenApi(Schemas schemas, List<ServedResource> served, String version) {
    this.schemas = schemas;
    this.served = List.copyOf(served);
    this.version = version;
    this.v2Json = Lazy.of(() -> Document.of(Json.write(v2Tree())));
    this.v2Protobuf = Lazy.of(() -> Document.of(Gnostic.document(v2Tree())));
    this.v3Index = Lazy.of(() -> Document.of(Json.write(indexTree())));
    var documents = new TreeMap<String, Lazy<Document>>();
    byGroupVersion()
        .forEach((path, group) -> documents.put(path, Lazy.of(() -> v3Document(group))));
    this.v3 = documents;
  }

  /// `/openapi/v2` as JSON.
  public Document v2Json() {
    return v2Json.get();
  }

  /// `/openapi/v2` as `application/com.github.proto-openapi.spec.v2@v1.0+protobuf`.
  public Document v2Protobuf() {
    return v2Protobuf.get();
  }

  /// `/openapi/v3`: the index.
  public Document v3Index() {
    return v3Index.get();
  }

  /// `/openapi/v3/<path>`, where path is `api/v1` or `apis/apps/v1`.
  public Optional<Document> v3(String path) {
    return Optional.ofNullable(v3.get(path)).map(Lazy::get);
  }

  private Document v3Document(List<ServedResource> group) {
    return new Document(Json.write(v3Tree(group)), hash(group));
  }

  /// Of what the document is made of, so that the index need not make them all.
  private String hash(List<ServedResource> group) {
    return Document.hashOf((version + group).getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode v2Tree() {
    var types = new OpenApiTypes(schemas, Descriptions.load(schemas.packages()), Dialect.V2);
    var paths = new OpenApiPaths(types, Dialect.V2);
    served.forEach(paths::add);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("swagger", "2.0");
    document.set("info", info());
    document.set("paths", paths.paths());
    document.set("definitions", types.definitions());
    return document;
  }

  private ObjectNode v3Tree(List<ServedResource> group) {
    var types = new OpenApiTypes(schemas, Descriptions.load(schemas.packages()), Dialect.V3);
    var paths = new OpenApiPaths(types, Dialect.V3);
    group.forEach(paths::add);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("openapi", "3.0.0");
    document.set("info", info());
    document.set("paths", paths.paths());
    document.putObject("components").set("schemas", types.definitions());
    return document;
  }

  private ObjectNode indexTree() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode paths = document.putObject("paths");
    byGroupVersion()
        .forEach((path, group) ->
            paths
                .putObject(path)
                .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash(group)));
    return document;
  }

  private Map<String, List<ServedResource>> byGroupVersion() {
    return served.stream()
        .collect(
            Collectors.groupingBy(
                one -> OpenApiPaths.groupVersionPath(one.gvk()),
                TreeMap::new,
                Collectors.toList()));
  }

  private ObjectNode info() {
    return JsonNodeFactory.instance.objectNode().put("title", "Kubernetes").put("version", version);
  }
}
