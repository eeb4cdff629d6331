package io.ordinal.schema.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tables that people keep, because no artifact has their facts.
record Tables(
    List<ApiPackage> packages,
    Map<String, List<String>> merging,
    Map<String, List<String>> zeroIsAbsent,
    Map<String, List<String>> emptyIsKept,
    Map<String, List<String>> renames) {

  /// A line of `groups.txt`.
  ///
  /// @param models prefixes of the models' classes
  /// @param messages the class that holds the messages, or the types' names where there is none
  record ApiPackage(
      String name, String group, String version, List<String> models, String messages) {

    boolean hasMessages() {
      return !messages.contains(",");
    }
  }

  static Tables read(Path folder) throws IOException {
    return new Tables(
        Files.readAllLines(folder.resolve("groups.txt")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Tables::packageOf)
            .toList(),
        facts(folder.resolve("merging.txt")),
        facts(folder.resolve("zero-is-absent.txt")),
        facts(folder.resolve("empty-is-kept.txt")),
        facts(folder.resolve("renames.txt")));
  }

  private static ApiPackage packageOf(String line) {
    List<String> cells = List.of(line.split(" \\| ", -1));
    String group = cells.get(1).equals("core") ? "" : cells.get(1);
    return new ApiPackage(
        cells.get(0), group, cells.get(2), List.of(cells.get(3).split(" ", -1)), cells.get(4));
  }

  /// Sections `[package]` of lines `Type: word word`, as full type name → words.
  private static Map<String, List<String>> facts(Path file) throws IOException {
    var facts = new HashMap<String, List<String>>();
    String section = "";
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        int colon = line.indexOf(':');
        var words = List.of(line.substring(colon + 1).strip().split(" ", -1));
        if (facts.put(section + "." + line.substring(0, colon), words) != null) {
          throw new IOException(file + " names " + line.substring(0, colon) + " twice");
        }
      }
    }
    return facts;
  }
}
