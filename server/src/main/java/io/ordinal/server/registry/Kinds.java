package io.ordinal.server.registry;

import io.ordinal.schema.Gvk;
import io.ordinal.server.Verb;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The table of all kinds that are served, in the order in which discovery shows them.
public final class Kinds {
  private final Map<Path, Kind> byPath = new LinkedHashMap<>();

  private record Path(String group, String version, String resource) {}

  public Kinds(Collection<Kind> kinds) {
    for (var kind : kinds) {
      byPath.put(new Path(kind.group(), kind.gvk().version(), kind.resource()), kind);
    }
  }

  /// The kind behind a URL's group, version and plural.
  public Optional<Kind> find(String group, String version, String resource) {
    return Optional.ofNullable(byPath.get(new Path(group, version, resource)));
  }

  /// The kind that an object names.
  public Optional<Kind> find(Gvk gvk) {
    return byPath.values().stream().filter(kind -> kind.gvk().equals(gvk)).findFirst();
  }

  /// The kind of that group and plural, whatever its version.
  public Kind get(String group, String resource) {
    return byPath.values().stream()
        .filter(kind -> kind.is(group, resource))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such kind: " + group + "/" + resource));
  }

  public List<Kind> all() {
    return List.copyOf(byPath.values());
  }

  /// The table as discovery shows it.
  public List<Served> served() {
    return byPath.values().stream().map(Kinds::served).toList();
  }

  private static Served served(Kind kind) {
    var noun = kind.noun();
    return new Served(
        kind.group(),
        kind.gvk().version(),
        noun.plural(),
        noun.singular(),
        kind.gvk().kind(),
        kind.namespaced(),
        words(kind.verbs()),
        noun.shortNames(),
        noun.categories(),
        kind.subresources().stream().map(Kinds::served).toList());
  }

  private static Served.Sub served(Subresource sub) {
    var gvk = sub.kind();
    return new Served.Sub(sub.name(), gvk.group(), gvk.version(), gvk.kind(), words(sub.verbs()));
  }

  private static List<String> words(Set<Verb> verbs) {
    return verbs.stream().map(Verb::word).sorted().toList();
  }
}
