package io.ordinal.schema.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes the schema's resources from published artifacts and our tables.
///
/// - `types`: a line for each package (`= package group version`), then for each type: name,
///   fields; read at start
/// - `messages`: the same for the wire, read when the first protobuf body arrives
/// - `descriptions`: read when somebody asks for OpenAPI
///
/// A type is written as `<number of its package>.<name>`.
public final class SchemaBuild {
  private final Tables tables;
  private final Models models = new Models();
  private final Messages messages = new Messages();

  private SchemaBuild(Tables tables) throws ReflectiveOperationException {
    this.tables = tables;
    for (Tables.ApiPackage in : tables.packages()) {
      models.add(
          in, in.hasMessages() ? messages.add(in) : Arrays.asList(in.messages().split(",", -1)));
    }
  }

  /// Arguments: the folder of the tables, the folder of our classes, the folder to write to.
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    Path tables = Path.of(arguments[0]);
    Path classes = Path.of(arguments[1]);
    Path output = Path.of(arguments[2]);
    if (isUpToDate(output.resolve("types"), List.of(tables, classes))) {
      return;
    }
    var build = new SchemaBuild(Tables.read(tables));
    Files.createDirectories(output);
    Files.write(output.resolve("messages"), build.messages());
    Files.write(output.resolve("descriptions"), build.descriptions());
    Files.write(output.resolve("types"), build.types());
  }

  private static boolean isUpToDate(Path output, List<Path> inputs) throws IOException {
    if (!Files.exists(output)) {
      return false;
    }
    var made = Files.getLastModifiedTime(output);
    for (Path input : inputs) {
      try (Stream<Path> files = Files.walk(input)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private List<String> types() throws ReflectiveOperationException {
    var lines = new ArrayList<String>();
    for (Tables.ApiPackage in : tables.packages()) {
      String group = in.group().isEmpty() ? "core" : in.group();
      lines.add("= " + in.name() + " " + group + " " + in.version());
    }
    var unused = new ArrayList<>(tables.merging().keySet());
    for (String type : models.names()) {
      unused.remove(type);
      lines.add(typeLine(type));
    }
    if (!unused.isEmpty()) {
      throw new IllegalStateException("merging.txt names unknown types: " + unused);
    }
    return lines;
  }

  private String typeLine(String type) throws ReflectiveOperationException {
    var line = new StringBuilder(shortened(type));
    List<String> zero = tables.zeroIsAbsent().getOrDefault(type, List.of());
    List<String> empty = tables.emptyIsKept().getOrDefault(type, List.of());
    Map<String, String> merging = mergingOf(type);
    line.append('\t').append(merging.getOrDefault(".", ""));
    merging.remove(".");
    for (var entry : models.properties(type).entrySet()) {
      String field = entry.getKey();
      Models.Property property = entry.getValue();
      String code = messages.isMicroTime(type, field) ? "m" : property.type();
      boolean keeps = code.equals("s") ? empty.contains(field) : !zero.contains(field);
      line.append('\t').append(field).append(' ').append(shortened(code)).append(' ');
      line.append(property.required() ? "!" : "").append(keeps || property.required() ? "0" : "");
      String rule = merging.remove(field);
      line.append(rule == null ? "" : " " + rule);
    }
    if (!merging.isEmpty()) {
      throw new IllegalStateException("merging.txt: " + type + " has no " + merging.keySet());
    }
    return line.toString();
  }

  /// Field → rule; the type's own rule stands under `.`.
  private Map<String, String> mergingOf(String type) {
    var rules = new TreeMap<String, String>();
    for (String word : tables.merging().getOrDefault(type, List.of())) {
      int open = word.indexOf('(');
      rules.put(
          open < 0 ? "." : word.substring(0, open),
          open < 0 ? word : word.substring(open + 1, word.length() - 1));
    }
    return rules;
  }

  private List<String> messages() throws ReflectiveOperationException {
    var lines = new ArrayList<String>();
    for (String message : messages.names()) {
      Set<String> json =
          models.names().contains(message) ? models.properties(message).keySet() : Set.of();
      List<String> renames = tables.renames().getOrDefault(message, List.of());
      var fields = messages.fields(message, json, renames);
      lines.add(
          shortened(message)
              + "\t"
              + String.join("\t", fields.stream().map(this::shortened).toList()));
    }
    return lines;
  }

  private List<String> descriptions() throws ReflectiveOperationException {
    var lines = new ArrayList<String>();
    for (String type : models.names()) {
      lines.add(shortened(type) + "\t" + escaped(models.description(type).orElse("")));
      for (var entry : models.properties(type).entrySet()) {
        lines.add("\t" + entry.getKey() + "\t" + escaped(entry.getValue().description()));
      }
    }
    return lines;
  }

  private String shortened(String text) {
    int start = text.indexOf("io.k8s.");
    if (start < 0) {
      return text;
    }
    String name = text.substring(start);
    String packageName = name.substring(0, name.lastIndexOf('.'));
    for (int i = 0; i < tables.packages().size(); i++) {
      if (tables.packages().get(i).name().equals(packageName)) {
        return text.substring(0, start) + i + name.substring(packageName.length());
      }
    }
    throw new IllegalStateException(name + " is of no package of groups.txt");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", " ");
  }
}
