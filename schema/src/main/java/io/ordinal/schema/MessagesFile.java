package io.ordinal.schema;

import io.ordinal.schema.TypesFile.TypesPackage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The resource `messages` that the build made: how types are written on the wire. Read when the
/// first protobuf body arrives, and then message by message.
final class MessagesFile {

  /// A field on the wire.
  ///
  /// @param name as in JSON
  record WireField(String name, WireType type) {}

  /// How a field's bytes are to be read.
  sealed interface WireType {
    /// One value, or one of those messages that JSON writes as a value.
    enum Value implements WireType {
      STRING,
      INTEGER,
      BOOL,
      DOUBLE,
      BYTES,
      QUANTITY,
      INT_OR_STRING,
      TIME,
      MICRO_TIME,
      RAW
    }

    record Repeated(WireType item) implements WireType {}

    record MapEntry(WireType value) implements WireType {}

    record Message(String name) implements WireType {}

    /// A message whose fields JSON writes among those of its owner.
    record Inlined(String name) implements WireType {}

    /// A message that JSON writes as one of its fields.
    record Wrapped(String name) implements WireType {}
  }

  private final List<TypesPackage> packages;
  private final Map<String, String> lines = new HashMap<>(2048);
  private final Map<String, Map<Integer, WireField>> messages = new ConcurrentHashMap<>();

  MessagesFile(List<TypesPackage> packages) {
    this.packages = packages;
    Resource.text("messages")
        .lines()
        .forEach(line -> {
          int tab = line.indexOf('\t');
          lines.put(TypesFile.fullName(packages, line.substring(0, tab)), line.substring(tab + 1));
        });
  }

  /// The fields of a message by their numbers; null when there is no such message.
  @Nullable Map<Integer, WireField> fields(String message) {
    return messages.computeIfAbsent(message, this::parse);
  }

  private @Nullable Map<Integer, WireField> parse(String message) {
    String line = lines.get(message);
    if (line == null) {
      return null;
    }
    var fields = new HashMap<Integer, WireField>();
    for (String cell : line.isEmpty() ? List.<String>of() : List.of(line.split("\t", -1))) {
      String[] parts = cell.split(":", -1);
      fields.put(Integer.valueOf(parts[0]), new WireField(parts[1], type(parts[2])));
    }
    return fields;
  }

  private WireType type(String code) {
    String rest = code.substring(1);
    return switch (code.charAt(0)) {
      case '[' -> new WireType.Repeated(type(rest));
      case '{' -> new WireType.MapEntry(type(rest));
      case '@' -> new WireType.Message(TypesFile.fullName(packages, rest));
      case '^' -> new WireType.Inlined(TypesFile.fullName(packages, rest));
      case '*' -> new WireType.Wrapped(TypesFile.fullName(packages, rest));
      case 's' -> WireType.Value.STRING;
      case 'i' -> WireType.Value.INTEGER;
      case 'b' -> WireType.Value.BOOL;
      case 'd' -> WireType.Value.DOUBLE;
      case 'y' -> WireType.Value.BYTES;
      case 'q' -> WireType.Value.QUANTITY;
      case 'p' -> WireType.Value.INT_OR_STRING;
      case 't' -> WireType.Value.TIME;
      case 'm' -> WireType.Value.MICRO_TIME;
      case 'r' -> WireType.Value.RAW;
      default -> throw new IllegalArgumentException("there is no wire type " + code);
    };
  }
}
