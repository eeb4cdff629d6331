package io.ordinal.schema;

import java.util.List;
import java.util.Optional;

/// Bodies in Kubernetes' protobuf envelope (contract A2.1), which typed clients since kubectl 1.32
/// send.
public final class Protobuf {
  private static final int MAGIC = 4;

  private Protobuf() {}

  /// Whether the body begins with the envelope's magic, `k8s\0`.
  public static boolean isProtobuf(byte[] body) {
    return body.length >= MAGIC
        && body[0] == 'k'
        && body[1] == '8'
        && body[2] == 's'
        && body[3] == 0;
  }

  /// What the envelope says is in it.
  ///
  /// @throws DecodeException for what is damaged
  public static Decoder.TypeMeta typeMeta(byte[] body) {
    return Envelope.open(body).type();
  }

  /// Decodes the object, with its `apiVersion` and `kind`, normalised as [Decoder] does it; unknown
  /// fields are dropped silently, as upstream does.
  ///
  /// @throws DecodeException for what is damaged or of an unknown kind
  public static Decoded decode(byte[] body, Schemas schemas) {
    Envelope envelope = Envelope.open(body);
    Gvk gvk = Gvk.of(envelope.type().apiVersion(), envelope.type().kind());
    Optional<ObjectType> type = schemas.type(gvk);
    if (type.isEmpty()) {
      throw new DecodeException(
          "no kind \"%s\" is registered for version \"%s\""
              .formatted(gvk.kind(), gvk.apiVersion()));
    }
    if (envelope.contentType().startsWith("application/json")) {
      return new Decoder().decode(envelope.raw(), type.get(), Strictness.IGNORE);
    }
    var tree = new WireDecoder(schemas).decode(envelope.raw(), type.get());
    tree.put("apiVersion", gvk.apiVersion());
    tree.put("kind", gvk.kind());
    return new Decoded(Decoder.headFirst(tree), List.of());
  }

  /// `runtime.Unknown`.
  private record Envelope(Decoder.TypeMeta type, byte[] raw, String contentType) {

    static Envelope open(byte[] body) {
      if (!isProtobuf(body)) {
        throw new DecodeException(
            "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
      }
      var reader = new WireReader(body, MAGIC, body.length);
      var type = new Decoder.TypeMeta("", "");
      byte[] raw = {};
      String contentType = "";
      while (reader.hasMore()) {
        int tag = reader.tag();
        switch (tag) {
          case 1 << 3 | WireReader.BYTES -> type = typeMeta(reader.message());
          case 2 << 3 | WireReader.BYTES -> raw = reader.bytes();
          case 4 << 3 | WireReader.BYTES -> contentType = reader.string();
          default -> reader.skip(tag & 7);
        }
      }
      return new Envelope(type, raw, contentType);
    }

    private static Decoder.TypeMeta typeMeta(WireReader reader) {
      String apiVersion = "";
      String kind = "";
      while (reader.hasMore()) {
        int tag = reader.tag();
        switch (tag) {
          case 1 << 3 | WireReader.BYTES -> apiVersion = reader.string();
          case 2 << 3 | WireReader.BYTES -> kind = reader.string();
          default -> reader.skip(tag & 7);
        }
      }
      return new Decoder.TypeMeta(apiVersion, kind);
    }
  }
}
