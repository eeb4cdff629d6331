package io.ordinal.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON → a pruned, normalised tree, strictly, in one pass.
///
/// Normalised as a round trip through upstream's types would do it: no nulls, no empty lists and
/// maps, no zeros where they mean "not given"; quantities and times in their canonical form. So two
/// trees of one meaning are equal.
public final class Decoder {

  /// The `apiVersion` and `kind` that a body claims, each `""` when it claims none.
  public record TypeMeta(String apiVersion, String kind) {}

  /// Decodes an object of the type.
  ///
  /// @throws DecodeException for what is not JSON, or not of this type
  public Decoded decode(byte[] json, ObjectType type, Strictness strictness) {
    try (JsonParser parser = Json.MAPPER.createParser(json)) {
      return decode(parser, type, strictness);
    } catch (JacksonException e) {
      throw new DecodeException(Json.message(e));
    }
  }

  /// The same for what is a tree already, such as the result of a patch.
  ///
  /// @throws DecodeException for what is not of this type
  public Decoded decode(JsonNode tree, ObjectType type, Strictness strictness) {
    try (JsonParser parser = Json.MAPPER.treeAsTokens(tree)) {
      return decode(parser, type, strictness);
    } catch (JacksonException e) {
      throw new DecodeException(Json.message(e));
    }
  }

  /// What the body says it is, without decoding the rest.
  ///
  /// @throws DecodeException for what is not a JSON object
  public TypeMeta typeMeta(byte[] json) {
    try (JsonParser parser = Json.MAPPER.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new DecodeException("couldn't get version/kind; json parse error: not an object");
      }
      String apiVersion = "";
      String kind = "";
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
        if (isText && name.equals("apiVersion")) {
          apiVersion = parser.getString();
        } else if (isText && name.equals("kind")) {
          kind = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
      return new TypeMeta(apiVersion, kind);
    } catch (JacksonException e) {
      throw new DecodeException(Json.message(e));
    }
  }

  private static Decoded decode(JsonParser parser, ObjectType type, Strictness strictness) {
    var reading = new Reading(parser, strictness);
    ObjectNode tree = reading.root(type);
    return new Decoded(headFirst(tree), reading.problems);
  }

  /// With `apiVersion`, `kind` and `metadata` before all others.
  static ObjectNode headFirst(ObjectNode tree) {
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    for (String name : List.of("apiVersion", "kind", "metadata")) {
      JsonNode value = tree.get(name);
      if (value != null) {
        ordered.set(name, value);
      }
    }
    tree.properties().forEach(property -> ordered.set(property.getKey(), property.getValue()));
    return ordered;
  }

  /// One pass over one body.
  private static final class Reading {
    private static final int MOST_PROBLEMS = 100;

    private final JsonParser parser;
    private final boolean reports;
    private final Scalars scalars;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final List<String> problems = new ArrayList<>(0);

    Reading(JsonParser parser, Strictness strictness) {
      this.parser = parser;
      this.reports = strictness == Strictness.REPORT;
      this.scalars = new Scalars(parser);
    }

    ObjectNode root(ObjectType type) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new DecodeException(
            "couldn't get version/kind; json parse error: unexpected end of JSON input");
      }
      if (token != JsonToken.START_OBJECT) {
        throw new DecodeException(
            "json: cannot unmarshal "
                + Scalars.kindOf(token)
                + " into Go value of type "
                + type.goName());
      }
      ObjectNode tree = object(type);
      if (parser.nextToken() != null) {
        throw new DecodeException(
            "couldn't get version/kind; json parse error: text after top-level value");
      }
      return tree;
    }

    private ObjectNode object(ObjectType type) {
      ObjectNode object = nodes.objectNode();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        Field field = type.field(name);
        if (field == null) {
          keep(object, name, type.structuralField(name));
          continue;
        }
        if (object.has(name)) {
          report("duplicate");
          object.remove(name);
        }
        JsonNode value = value(parser.nextToken(), field.type(), type);
        if (value != null && !field.leavesOut(value)) {
          object.set(name, value);
        }
      }
      return object;
    }

    /// A field of a custom resource, kept as it came: what is wrong with it, its schema's checks
    /// say.
    private void keep(ObjectNode object, String name, @Nullable StructuralSchema schema) {
      if (schema == null) {
        report("unknown");
        parser.nextToken();
        parser.skipChildren();
        return;
      }
      if (object.has(name)) {
        report("duplicate");
      }
      object.set(name, structural(parser.nextToken(), schema));
    }

    private JsonNode structural(JsonToken token, StructuralSchema schema) {
      return switch (token) {
        case START_OBJECT -> structuralObject(schema);
        case START_ARRAY -> {
          ArrayNode list = nodes.arrayNode();
          StructuralSchema items = schema.itemsOrAny();
          for (JsonToken next = parser.nextToken();
              next != JsonToken.END_ARRAY;
              next = parser.nextToken()) {
            list.add(structural(next, items));
          }
          yield list;
        }
        default -> parser.readValueAsTree();
      };
    }

    private ObjectNode structuralObject(StructuralSchema schema) {
      ObjectNode object = nodes.objectNode();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        boolean isMetadata = schema.isEmbedded() && name.equals("metadata");
        if (!isMetadata) {
          keep(object, name, schema.field(name));
        } else if (parser.nextToken() == JsonToken.START_OBJECT) {
          object.set(name, object(schema.metadata()));
        } else {
          parser.skipChildren();
        }
      }
      return object;
    }

    /// Null for null.
    private @Nullable JsonNode value(JsonToken token, FieldType type, ObjectType owner) {
      if (token == JsonToken.VALUE_NULL) {
        return null;
      }
      return switch (type) {
        case FieldType.Scalar scalar -> scalars.read(token, scalar, owner);
        case FieldType.Ref ref -> {
          expect(JsonToken.START_OBJECT, token, type, owner);
          yield object(ref.type());
        }
        case FieldType.ListOf list -> {
          expect(JsonToken.START_ARRAY, token, type, owner);
          yield list(list.item(), owner);
        }
        case FieldType.MapOf map -> {
          expect(JsonToken.START_OBJECT, token, type, owner);
          yield map(map.value(), owner);
        }
      };
    }

    private ArrayNode list(FieldType item, ObjectType owner) {
      ArrayNode list = nodes.arrayNode();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        JsonNode value = value(token, item, owner);
        list.add(value == null ? zero(item) : value);
      }
      return list;
    }

    private ObjectNode map(FieldType valueType, ObjectType owner) {
      ObjectNode map = nodes.objectNode();
      parser.assignCurrentValue(JsonPath.MAP);
      for (String key = parser.nextName(); key != null; key = parser.nextName()) {
        if (map.has(key)) {
          report("duplicate");
        }
        JsonNode value = value(parser.nextToken(), valueType, owner);
        map.set(key, value == null ? zero(valueType) : value);
      }
      return map;
    }

    /// What a null means where something must stand.
    private JsonNode zero(FieldType type) {
      return switch (type) {
        case FieldType.Scalar scalar ->
            switch (scalar) {
              case STRING, BYTES -> nodes.stringNode("");
              case INT32, INT64, DOUBLE, INT_OR_STRING -> nodes.numberNode(0);
              case BOOL -> nodes.booleanNode(false);
              case QUANTITY -> nodes.stringNode("0");
              case TIME, MICRO_TIME, RAW -> nodes.nullNode();
            };
        case FieldType.Ref _, FieldType.MapOf _ -> nodes.objectNode();
        case FieldType.ListOf _ -> nodes.arrayNode();
      };
    }

    private void expect(JsonToken expected, JsonToken token, FieldType type, ObjectType owner) {
      if (token != expected) {
        throw scalars.mismatch(Scalars.kindOf(token), type, owner);
      }
    }

    private void report(String what) {
      if (reports && problems.size() < MOST_PROBLEMS) {
        problems.add(what + " field \"" + JsonPath.withIndexes(parser.streamReadContext()) + "\"");
      }
    }
  }
}
