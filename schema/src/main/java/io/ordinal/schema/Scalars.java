package io.ordinal.schema;

import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Single values of a body, checked and brought into canonical form.
final class Scalars {
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private final JsonParser parser;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;

  Scalars(JsonParser parser) {
    this.parser = parser;
  }

  JsonNode read(JsonToken token, FieldType.Scalar type, ObjectType owner) {
    return switch (type) {
      case STRING -> {
        expect(token == JsonToken.VALUE_STRING, token, type, owner);
        yield nodes.stringNode(parser.getString());
      }
      case INT32, INT64 -> integer(token, type, owner);
      case BOOL -> {
        expect(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, token, type, owner);
        yield nodes.booleanNode(token == JsonToken.VALUE_TRUE);
      }
      case DOUBLE -> {
        expect(isNumber(token), token, type, owner);
        yield isInt()
            ? nodes.numberNode(parser.getIntValue())
            : nodes.numberNode(parser.getDoubleValue());
      }
      case QUANTITY -> nodes.stringNode(quantity(token));
      case INT_OR_STRING -> intOrString(token);
      case TIME -> nodes.stringNode(Times.seconds(text(token)));
      case MICRO_TIME -> nodes.stringNode(Times.micros(text(token)));
      case BYTES -> {
        expect(token == JsonToken.VALUE_STRING, token, type, owner);
        yield nodes.stringNode(base64(parser.getString()));
      }
      case RAW -> parser.readValueAsTree();
    };
  }

  DecodeException mismatch(String found, FieldType type, ObjectType owner) {
    return new DecodeException(
        "json: cannot unmarshal "
            + found
            + " into Go struct field "
            + owner.simpleName()
            + "."
            + JsonPath.ofFields(parser.streamReadContext())
            + " of type "
            + goType(type));
  }

  static String kindOf(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "object";
      case START_ARRAY -> "array";
      case VALUE_STRING -> "string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      case VALUE_TRUE, VALUE_FALSE -> "bool";
      case VALUE_NULL -> "null";
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          token.name();
    };
  }

  /// As Go code names the type, in messages.
  private static String goType(FieldType type) {
    return switch (type) {
      case FieldType.ListOf list -> "[]" + goType(list.item());
      case FieldType.MapOf map -> "map[string]" + goType(map.value());
      case FieldType.Ref ref -> ref.type().goName();
      case FieldType.Scalar scalar ->
          switch (scalar) {
            case STRING, TIME, MICRO_TIME -> "string";
            case INT32 -> "int32";
            case INT64 -> "int64";
            case BOOL -> "bool";
            case DOUBLE -> "float64";
            case BYTES -> "[]uint8";
            case QUANTITY -> "resource.Quantity";
            case INT_OR_STRING -> "intstr.IntOrString";
            case RAW -> "runtime.RawExtension";
          };
    };
  }

  private JsonNode integer(JsonToken token, FieldType.Scalar type, ObjectType owner) {
    expect(isNumber(token), token, type, owner);
    boolean whole = token == JsonToken.VALUE_NUMBER_INT;
    if (whole && isInt()) {
      return nodes.numberNode(parser.getIntValue());
    }
    if (whole && type == FieldType.Scalar.INT64 && fitsLong(parser.getBigIntegerValue())) {
      return nodes.numberNode(parser.getLongValue());
    }
    throw mismatch("number " + parser.getString(), type, owner);
  }

  /// In a tree, a small number may be of a wide type.
  private boolean isInt() {
    return switch (parser.getNumberType()) {
      case INT -> true;
      case LONG -> parser.getLongValue() == (int) parser.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> false;
    };
  }

  private static boolean fitsLong(BigInteger number) {
    return number.compareTo(LONG_MIN) >= 0 && number.compareTo(LONG_MAX) <= 0;
  }

  private String quantity(JsonToken token) {
    try {
      return Quantity.parse(isText(token) ? parser.getString().strip() : "").canonical();
    } catch (NumberFormatException e) {
      throw new DecodeException(String.valueOf(e.getMessage()));
    }
  }

  private JsonNode intOrString(JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      return nodes.stringNode(parser.getString());
    }
    boolean isInt = token == JsonToken.VALUE_NUMBER_INT && isInt();
    if (!isInt) {
      String found = isNumber(token) ? "number " + parser.getString() : kindOf(token);
      throw new DecodeException("json: cannot unmarshal " + found + " into Go value of type int32");
    }
    return nodes.numberNode(parser.getIntValue());
  }

  private String text(JsonToken token) {
    if (token != JsonToken.VALUE_STRING) {
      throw new DecodeException(
          "json: cannot unmarshal " + kindOf(token) + " into Go value of type string");
    }
    return parser.getString();
  }

  /// Line breaks are allowed in it and taken out.
  static String base64(String text) {
    int count = 0;
    int padding = 0;
    boolean breaks = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        breaks = true;
        continue;
      }
      boolean fits = isBase64(c) ? padding == 0 : c == '=' && ++padding <= 2;
      if (!fits) {
        throw new DecodeException("illegal base64 data at input byte " + i);
      }
      count++;
    }
    if (count % 4 != 0) {
      throw new DecodeException("illegal base64 data at input byte " + count / 4 * 4);
    }
    return breaks ? text.replace("\n", "").replace("\r", "") : text;
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  private static boolean isNumber(JsonToken token) {
    return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
  }

  private static boolean isText(JsonToken token) {
    return token == JsonToken.VALUE_STRING || isNumber(token);
  }

  private void expect(boolean fits, JsonToken token, FieldType type, ObjectType owner) {
    if (!fits) {
      throw mismatch(kindOf(token), type, owner);
    }
  }
}
