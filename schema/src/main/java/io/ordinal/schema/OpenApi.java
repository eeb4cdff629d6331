package io.ordinal.schema;

import java.util.List;
import java.util.Optional;

/// The published description of what is served: OpenAPI v2 (JSON, and gnostic's protobuf for
/// kubectl ≤ 1.26) and v3. Each document is made when first asked for.
public final class OpenApi {

  /// A document and the hash of its bytes, for ETag and `?hash=`.
  public static final class Document {
    private final byte[] bytes;
    private final String hash;

    Document(byte[] bytes, String hash) {
      this.bytes = bytes;
      this.hash = hash;
    }

    /// Shared: never to be modified.
    public byte[] bytes() {
      return bytes;
    }

    /// In capital hexadecimal digits.
    public String hash() {
      return hash;
    }
  }

  /// Describes these resources.
  ///
  /// @param version the server's version, for `info`
  public OpenApi(Schemas schemas, List<ServedResource> served, String version) {}

  /// `/openapi/v2` as JSON.
  public Document v2Json() {
    return new Document(new byte[0], "");
  }

  /// `/openapi/v2` as `application/com.github.proto-openapi.spec.v2@v1.0+protobuf`.
  public Document v2Protobuf() {
    return new Document(new byte[0], "");
  }

  /// `/openapi/v3`: the index.
  public Document v3Index() {
    return new Document(new byte[0], "");
  }

  /// `/openapi/v3/<path>`, where path is `api/v1` or `apis/apps/v1`.
  public Optional<Document> v3(String path) {
    return Optional.empty();
  }
}
