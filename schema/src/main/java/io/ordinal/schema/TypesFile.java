package io.ordinal.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The resource `types` that the build made (`SchemaBuild` says how it is written): names are
/// indexed at once, a type's line is read when the type is first asked for.
final class TypesFile {
  private static final Map<String, FieldType.Scalar> SCALARS =
      Map.ofEntries(
          Map.entry("s", FieldType.Scalar.STRING),
          Map.entry("i", FieldType.Scalar.INT32),
          Map.entry("l", FieldType.Scalar.INT64),
          Map.entry("b", FieldType.Scalar.BOOL),
          Map.entry("d", FieldType.Scalar.DOUBLE),
          Map.entry("q", FieldType.Scalar.QUANTITY),
          Map.entry("p", FieldType.Scalar.INT_OR_STRING),
          Map.entry("t", FieldType.Scalar.TIME),
          Map.entry("m", FieldType.Scalar.MICRO_TIME),
          Map.entry("y", FieldType.Scalar.BYTES),
          Map.entry("r", FieldType.Scalar.RAW));

  /// Where types of a group and version are.
  record TypesPackage(String name, String group, String version) {}

  /// Finds a type by name, when a reference is first followed.
  interface Types {
    ObjectType get(String name);
  }

  private final List<TypesPackage> packages;
  private final Map<String, String> lines;

  private TypesFile(List<TypesPackage> packages, Map<String, String> lines) {
    this.packages = packages;
    this.lines = lines;
  }

  static TypesFile read(String text) {
    var packages = new ArrayList<TypesPackage>();
    var lines = new LinkedHashMap<String, String>(2048);
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      if (text.charAt(start) == '=') {
        String[] words = text.substring(start, end).split(" ", -1);
        packages.add(new TypesPackage(words[1], words[2].equals("core") ? "" : words[2], words[3]));
      } else {
        int tab = text.indexOf('\t', start);
        lines.put(fullName(packages, text.substring(start, tab)), text.substring(tab + 1, end));
      }
      start = end + 1;
    }
    return new TypesFile(List.copyOf(packages), lines);
  }

  /// `10.PodSpec` → `io.k8s.api.core.v1.PodSpec`.
  static String fullName(List<TypesPackage> packages, String shortened) {
    int dot = shortened.indexOf('.');
    return packages.get(Integer.parseInt(shortened, 0, dot, 10)).name() + shortened.substring(dot);
  }

  List<TypesPackage> packages() {
    return packages;
  }

  List<String> names() {
    return List.copyOf(lines.keySet());
  }

  boolean has(String name) {
    return lines.containsKey(name);
  }

  ObjectType type(String name, Types types) {
    @Nullable String line = lines.get(name);
    if (line == null) {
      throw new IllegalArgumentException("there is no type " + name);
    }
    String[] cells = line.split("\t", -1);
    var fields = LinkedHashMap.<String, Field>newLinkedHashMap(cells.length);
    for (int i = 1; i < cells.length; i++) {
      Field field = field(cells[i], types);
      fields.put(field.name(), field);
    }
    var mapType =
        cells[0].isEmpty() ? Merging.MapType.UNSPECIFIED : Merging.parse(cells[0]).mapType();
    return new ObjectType(name, fields, mapType);
  }

  private Field field(String cell, Types types) {
    String[] words = cell.split(" ", -1);
    Merging merging = words.length > 3 ? Merging.parse(words[3]) : Merging.PLAIN;
    boolean required = words[2].startsWith("!");
    return new Field(
        words[0], fieldType(words[1], types), required, words[2].endsWith("0"), merging);
  }

  private FieldType fieldType(String code, Types types) {
    String rest = code.substring(1);
    return switch (code.charAt(0)) {
      case '[' -> new FieldType.ListOf(fieldType(rest, types));
      case '{' -> new FieldType.MapOf(fieldType(rest, types));
      case '@' -> {
        String target = fullName(packages, rest);
        yield new FieldType.Ref(target, () -> types.get(target));
      }
      default -> scalar(code);
    };
  }

  private static FieldType.Scalar scalar(String code) {
    FieldType.@Nullable Scalar scalar = SCALARS.get(code);
    if (scalar == null) {
      throw new IllegalArgumentException("there is no scalar " + code);
    }
    return scalar;
  }
}
