package io.ordinal.schema;

import io.ordinal.schema.MessagesFile.WireField;
import io.ordinal.schema.MessagesFile.WireType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Wire messages → trees as JSON would have them.
final class WireDecoder {
  private static final int DEEPEST = 100;

  private final Schemas schemas;
  private final MessagesFile messages;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private int depth;

  WireDecoder(Schemas schemas) {
    this.schemas = schemas;
    this.messages = schemas.messages();
  }

  ObjectNode decode(byte[] raw, ObjectType type) {
    ObjectNode tree = nodes.objectNode();
    read(new WireReader(raw, 0, raw.length), type.name(), type, tree);
    return tree;
  }

  /// @param type the type whose fields `into` has; null where JSON has no type for a message
  private void read(WireReader reader, String message, @Nullable ObjectType type, ObjectNode into) {
    Map<Integer, WireField> fields = messages.fields(message);
    if (fields == null) {
      throw new DecodeException("there is no protobuf message of " + message);
    }
    if (++depth > DEEPEST) {
      throw new DecodeException("proto: nested too deeply");
    }
    while (reader.hasMore()) {
      int tag = reader.tag();
      WireField field = fields.get(tag >>> 3);
      if (field == null) {
        reader.skip(tag & 7);
      } else {
        field(reader, tag & 7, field, type, into);
      }
    }
    depth--;
  }

  private void field(
      WireReader reader, int wire, WireField field, @Nullable ObjectType type, ObjectNode into) {
    Field known = type == null ? null : type.field(field.name());
    FieldType fieldType = known == null ? null : known.type();
    switch (field.type()) {
      case WireType.Inlined inlined -> read(reader.message(), inlined.name(), type, into);
      case WireType.Repeated(WireType item) -> {
        ArrayNode list =
            into.get(field.name()) instanceof ArrayNode a ? a : into.putArray(field.name());
        if (item == WireType.Value.INTEGER && wire == WireReader.BYTES) {
          packed(reader.message(), list);
        } else {
          FieldType itemType = fieldType instanceof FieldType.ListOf of ? of.item() : null;
          list.add(orNull(value(reader, wire, item, itemType)));
        }
      }
      case WireType.MapEntry(WireType value) -> {
        ObjectNode map =
            into.get(field.name()) instanceof ObjectNode o ? o : into.putObject(field.name());
        FieldType valueType = fieldType instanceof FieldType.MapOf of ? of.value() : null;
        entry(reader.message(), value, valueType, map);
      }
      case WireType single -> {
        JsonNode value = value(reader, wire, single, fieldType);
        if (value != null && (known == null || !known.leavesOut(value))) {
          into.set(field.name(), value);
        }
      }
    }
  }

  private void entry(
      WireReader reader, WireType valueType, @Nullable FieldType type, ObjectNode map) {
    String key = "";
    JsonNode value = null;
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag >>> 3) {
        case 1 -> key = reader.string();
        case 2 -> value = value(reader, tag & 7, valueType, type);
        default -> reader.skip(tag & 7);
      }
    }
    map.set(key, value == null ? nodes.stringNode("") : value);
  }

  private void packed(WireReader reader, ArrayNode list) {
    while (reader.hasMore()) {
      list.add(number(reader.varint()));
    }
  }

  /// Null for a time that is none.
  private @Nullable JsonNode value(
      WireReader reader, int wire, WireType wireType, @Nullable FieldType type) {
    return switch (wireType) {
      case WireType.Value value -> scalar(reader, wire, value);
      case WireType.Message message -> object(reader.message(), message.name(), type);
      case WireType.Wrapped wrapped ->
          unwrapped(wrapped.name(), object(reader.message(), wrapped.name(), null));
      case WireType.Inlined _, WireType.Repeated _, WireType.MapEntry _ ->
          throw new IllegalArgumentException("not a single value: " + wireType);
    };
  }

  private ObjectNode object(WireReader reader, String message, @Nullable FieldType type) {
    ObjectNode object = nodes.objectNode();
    ObjectType known =
        type instanceof FieldType.Ref ref ? ref.type() : schemas.named(message).orElse(null);
    read(reader, message, known, object);
    return object;
  }

  /// Nothing in it says which fields were meant, so it is the one that says most.
  private JsonNode unwrapped(String name, ObjectNode wrapper) {
    for (String field : new String[] {"schema", "items", "jSONSchemas", "property"}) {
      JsonNode value = wrapper.get(field);
      if (value != null) {
        return value;
      }
    }
    return name.endsWith("OrBool")
        ? nodes.booleanNode(wrapper.path("allows").asBoolean(false))
        : nodes.arrayNode();
  }

  private @Nullable JsonNode scalar(WireReader reader, int wire, WireType.Value type) {
    int expected =
        switch (type) {
          case INTEGER, BOOL -> WireReader.VARINT;
          case DOUBLE -> WireReader.FIXED64;
          case STRING, BYTES, QUANTITY, INT_OR_STRING, TIME, MICRO_TIME, RAW -> WireReader.BYTES;
        };
    if (wire != expected) {
      throw new DecodeException("proto: wrong wireType = " + wire);
    }
    return switch (type) {
      case STRING -> nodes.stringNode(reader.string());
      case INTEGER -> number(reader.varint());
      case BOOL -> nodes.booleanNode(reader.varint() != 0);
      case DOUBLE -> nodes.numberNode(reader.fixedDouble());
      case BYTES -> nodes.stringNode(Base64.getEncoder().encodeToString(reader.bytes()));
      case QUANTITY -> nodes.stringNode(quantity(reader.message()));
      case INT_OR_STRING -> intOrString(reader.message());
      case TIME -> time(reader.message(), false);
      case MICRO_TIME -> time(reader.message(), true);
      case RAW -> raw(reader.message());
    };
  }

  private static String quantity(WireReader reader) {
    String text = "0";
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag >>> 3 == 1) {
        text = reader.string();
      } else {
        reader.skip(tag & 7);
      }
    }
    try {
      return Quantity.parse(text).canonical();
    } catch (NumberFormatException e) {
      throw new DecodeException(String.valueOf(e.getMessage()));
    }
  }

  private JsonNode intOrString(WireReader reader) {
    boolean isString = false;
    long number = 0;
    String text = "";
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag >>> 3) {
        case 1 -> isString = reader.varint() == 1;
        case 2 -> number = reader.varint();
        case 3 -> text = reader.string();
        default -> reader.skip(tag & 7);
      }
    }
    return isString ? nodes.stringNode(text) : nodes.numberNode((int) number);
  }

  private @Nullable JsonNode time(WireReader reader, boolean micros) {
    if (!reader.hasMore()) {
      return null;
    }
    long seconds = 0;
    long nanos = 0;
    while (reader.hasMore()) {
      int tag = reader.tag();
      switch (tag >>> 3) {
        case 1 -> seconds = reader.varint();
        case 2 -> nanos = reader.varint();
        default -> reader.skip(tag & 7);
      }
    }
    Instant instant = instant(seconds, nanos);
    return nodes.stringNode(micros ? Times.micros(instant) : Times.seconds(instant));
  }

  private static Instant instant(long seconds, long nanos) {
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new DecodeException("proto: time out of range");
    }
  }

  private @Nullable JsonNode raw(WireReader reader) {
    JsonNode tree = null;
    while (reader.hasMore()) {
      int tag = reader.tag();
      if (tag >>> 3 == 1) {
        tree = Json.read(reader.bytes());
      } else {
        reader.skip(tag & 7);
      }
    }
    return tree;
  }

  private JsonNode number(long value) {
    return value == (int) value ? nodes.numberNode((int) value) : nodes.numberNode(value);
  }

  private JsonNode orNull(@Nullable JsonNode value) {
    return value == null ? nodes.nullNode() : value;
  }
}
