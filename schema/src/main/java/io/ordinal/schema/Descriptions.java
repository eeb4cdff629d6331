package io.ordinal.schema;

import io.ordinal.schema.TypesFile.TypesPackage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The resource `descriptions` that the build made: what types and fields are for, in upstream's
/// words. Big, so only OpenAPI loads it, and forgets it again.
final class Descriptions {
  private final Map<String, String> texts = new HashMap<>(8192);

  private Descriptions() {}

  static Descriptions load(List<TypesPackage> packages) {
    var descriptions = new Descriptions();
    String type = "";
    for (String line : Resource.text("descriptions").split("\n", -1)) {
      int tab = line.indexOf('\t', 1);
      if (tab < 0) {
        continue;
      }
      if (line.charAt(0) == '\t') {
        descriptions.put(type + "#" + line.substring(1, tab), line.substring(tab + 1));
      } else {
        type = TypesFile.fullName(packages, line.substring(0, tab));
        descriptions.put(type, line.substring(tab + 1));
      }
    }
    return descriptions;
  }

  /// `""` when there is none.
  String of(ObjectType type) {
    return texts.getOrDefault(type.name(), "");
  }

  /// `""` when there is none.
  String of(ObjectType type, Field field) {
    return texts.getOrDefault(type.name() + "#" + field.name(), "");
  }

  private void put(String key, String escaped) {
    if (!escaped.isEmpty()) {
      texts.put(key, escaped.replace("\\n", "\n").replace("\\\\", "\\"));
    }
  }
}
