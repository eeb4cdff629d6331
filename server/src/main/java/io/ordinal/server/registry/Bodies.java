package io.ordinal.server.registry;

import io.ordinal.schema.DecodeException;
import io.ordinal.schema.Decoded;
import io.ordinal.schema.Decoder;
import io.ordinal.schema.Gvk;
import io.ordinal.schema.ObjectType;
import io.ordinal.schema.Protobuf;
import io.ordinal.schema.Schemas;
import io.ordinal.schema.Strictness;
import io.ordinal.schema.Yaml;
import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.tree.Tree;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Objects from request bodies: JSON, YAML or protobuf, decoded strictly against their type.
final class Bodies {
  static final String JSON = "application/json";
  static final String YAML = "application/yaml";
  static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  /// Bodies of an older version that mean the same: kubectl before 1.22 evicts by it (contract B8).
  private static final Map<Gvk, String> OLDER =
      Map.of(new Gvk("policy", "v1", "Eviction"), "policy/v1beta1");

  private final Schemas schemas;
  private final Kinds kinds;
  private final Decoder decoder = new Decoder();

  Bodies(Schemas schemas, Kinds kinds) {
    this.schemas = schemas;
    this.kinds = kinds;
  }

  ObjectType type(Gvk gvk) {
    return kinds
        .find(gvk)
        .flatMap(kind -> kind.strategy().customType())
        .map(CustomType::type)
        .or(() -> schemas.type(gvk))
        .orElseThrow(() -> new IllegalStateException("no schema for " + gvk));
  }

  /// The body as an object of that kind; apiVersion and kind may be left out.
  Decoded read(Call call, Gvk expected, Strictness strictness) {
    try {
      var decoded = decode(call, expected, strictness);
      checkKind(decoded.tree(), expected);
      return decoded;
    } catch (DecodeException e) {
      throw Refusals.badRequest(cannotBeHandled(expected, String.valueOf(e.getMessage())));
    }
  }

  private Decoded decode(Call call, Gvk expected, Strictness strictness) {
    return switch (call.contentType()) {
      case "", JSON -> decodeJson(call.body(), expected, strictness);
      case YAML, "application/yml", "text/yaml" ->
          decodeJson(Yaml.toJson(call.body()), expected, strictness);
      case PROTOBUF -> Protobuf.decode(call.body(), schemas);
      default -> throw new ApiException(Status.unsupportedMediaType(List.of(JSON, YAML, PROTOBUF)));
    };
  }

  private Decoded decodeJson(byte[] json, Gvk expected, Strictness strictness) {
    if (Protobuf.isProtobuf(json)) return Protobuf.decode(json, schemas);
    return decoder.decode(json, type(expected), strictness);
  }

  /// A tree that a patch has made, decoded as if it had been sent.
  Decoded reread(ObjectNode tree, Gvk kind, Strictness strictness) {
    try {
      return decoder.decode(tree, type(kind), strictness);
    } catch (DecodeException e) {
      throw Refusals.badRequest(cannotBeHandled(kind, String.valueOf(e.getMessage())));
    }
  }

  private static void checkKind(ObjectNode tree, Gvk expected) {
    var apiVersion = Tree.text(tree, "apiVersion");
    var kind = Tree.text(tree, "kind");
    var apiVersionFits =
        apiVersion.isEmpty()
            || apiVersion.equals(expected.apiVersion())
            || apiVersion.equals(OLDER.get(expected));
    if (apiVersionFits && (kind.isEmpty() || kind.equals(expected.kind()))) {
      tree.put("apiVersion", expected.apiVersion()).put("kind", expected.kind());
      return;
    }
    if (!apiVersionFits) {
      throw Refusals.badRequest(
          "the API version in the data ("
              + apiVersion
              + ") does not match the expected API version ("
              + expected.apiVersion()
              + ")");
    }
    throw Refusals.badRequest(
        "the kind in the data ("
            + kind
            + ") does not match the expected kind ("
            + expected.kind()
            + ")");
  }

  private static String cannotBeHandled(Gvk gvk, String why) {
    return gvk.kind()
        + " in version \""
        + gvk.version()
        + "\" cannot be handled as a "
        + gvk.kind()
        + ": "
        + why;
  }
}
