package io.ordinal.server.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSONPath as columns and selectable fields are written with it: `.spec.replicas`,
/// `.metadata.labels.app\.kubernetes\.io/name`, `.metadata.annotations['a/b']`,
/// `.status.conditions[?(@.type=="Ready")].status`, `.spec.ports[0]`, `.spec.hosts[*]`.
public record FieldsPath(List<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.(?<name>(?:\\\\.|[^.\\[\\]\\\\])+)"
              + "|\\[(?<quote>['\"])(?<quoted>.*?)\\k<quote>]"
              + "|\\[(?<index>-?\\d+)]"
              + "|(?<all>\\[\\*])"
              + "|\\[\\?\\(\\s*@(?<field>\\.[^=!<>\\s]+)\\s*(?<test>==|!=)\\s*(?<value>\"[^\"]*\"|'[^']*'|[^\"'\\s]+)\\s*\\)]");

  /// From a value to those that it leads to.
  sealed interface Step {
    Stream<JsonNode> from(JsonNode node);
  }

  record Name(String name) implements Step {
    @Override
    public Stream<JsonNode> from(JsonNode node) {
      return Stream.ofNullable(node.get(name));
    }
  }

  record Index(int index) implements Step {
    @Override
    public Stream<JsonNode> from(JsonNode node) {
      return Stream.ofNullable(node.get(index < 0 ? node.size() + index : index));
    }
  }

  record All() implements Step {
    @Override
    public Stream<JsonNode> from(JsonNode node) {
      return node.valueStream();
    }
  }

  record Filter(FieldsPath field, boolean equal, String value) implements Step {
    @Override
    public Stream<JsonNode> from(JsonNode node) {
      if (!(node instanceof ArrayNode)) return Stream.empty();
      return node.valueStream()
          .filter(element -> {
            var found = field.find(element);
            return found != null && shown(found).equals(value) == equal;
          });
    }
  }

  /// Whether the text is such a path.
  public static boolean isValid(String text) {
    return parsed(text) != null;
  }

  /// Of a text that was checked before.
  public static FieldsPath parse(String text) {
    var steps = parsed(text);
    return new FieldsPath(steps == null ? List.of() : steps);
  }

  private static @Nullable List<Step> parsed(String text) {
    var steps = new ArrayList<Step>();
    var inner =
        text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
    var path = inner.startsWith("$") ? inner.substring(1) : inner;
    var matcher = STEP.matcher(path);
    var end = 0;
    while (end < path.length()) {
      if (!matcher.find(end) || matcher.start() != end) return null;
      steps.add(step(matcher));
      end = matcher.end();
    }
    return steps.isEmpty() ? null : List.copyOf(steps);
  }

  private static Step step(Matcher matcher) {
    if (matcher.group("name") != null) {
      return new Name(matcher.group("name").replaceAll("\\\\(.)", "$1"));
    }
    if (matcher.group("quoted") != null) return new Name(matcher.group("quoted"));
    if (matcher.group("index") != null) return new Index(Integer.parseInt(matcher.group("index")));
    if (matcher.group("all") != null) return new All();
    var value = matcher.group("value");
    var isQuoted = value.startsWith("\"") || value.startsWith("'");
    return new Filter(
        parse(matcher.group("field")),
        matcher.group("test").equals("=="),
        isQuoted ? value.substring(1, value.length() - 1) : value);
  }

  /// The first value that it leads to; null when there is none.
  public @Nullable JsonNode find(JsonNode root) {
    var found = Stream.of(root);
    for (var step : steps) found = found.flatMap(step::from);
    return found.findFirst().orElse(null);
  }

  /// That value as text; empty when there is none.
  public String text(ObjectNode object) {
    var found = find(object);
    return found == null || found.isNull() ? "" : shown(found);
  }

  /// `spec.replicas`: the names alone.
  public String dotted() {
    return steps.stream()
        .map(step -> step instanceof Name name ? name.name : "*")
        .collect(Collectors.joining("."));
  }

  public static String shown(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
