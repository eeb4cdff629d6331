package io.ordinal.server.registry;

import io.ordinal.schema.Gvk;
import io.ordinal.server.Verb;
import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The table of all kinds that are served, in the order in which discovery shows them: first those
/// that are built in, which never change, then those that users define.
public final class Kinds {
  private final List<Kind> builtIn;
  private volatile Table table;

  private record Path(String group, String version, String resource) {}

  private record Table(
      Map<Path, Kind> byPath, Map<Gvk, Kind> byGvk, List<Kind> all, List<Served> served) {

    static Table of(List<Kind> kinds) {
      var byPath = new LinkedHashMap<Path, Kind>();
      var byGvk = new HashMap<Gvk, Kind>();
      for (var kind : kinds) {
        byPath.putIfAbsent(new Path(kind.group(), kind.gvk().version(), kind.resource()), kind);
        byGvk.putIfAbsent(kind.gvk(), kind);
      }
      var all = List.copyOf(byPath.values());
      return new Table(byPath, byGvk, all, all.stream().map(Kinds::served).toList());
    }
  }

  public Kinds(Collection<Kind> kinds) {
    this.builtIn = List.copyOf(kinds);
    this.table = Table.of(builtIn);
  }

  /// A table with one more kind that is built in.
  public Kinds and(Kind more) {
    var all = new ArrayList<>(builtIn);
    all.add(more);
    return new Kinds(all);
  }

  /// From now on serves these beside the built-in ones, which keep their places.
  synchronized void define(List<Kind> custom) {
    var all = new ArrayList<>(builtIn);
    all.addAll(custom);
    table = Table.of(all);
  }

  /// The kind behind a URL's group, version and plural.
  public Optional<Kind> find(String group, String version, String resource) {
    return Optional.ofNullable(table.byPath.get(new Path(group, version, resource)));
  }

  /// The kind that an object names.
  public Optional<Kind> find(Gvk gvk) {
    return Optional.ofNullable(table.byGvk.get(gvk));
  }

  /// The kind of an object that is one of those that are served.
  public Kind of(ObjectNode object) {
    var gvk = Gvk.of(Tree.text(object, "apiVersion"), Tree.text(object, "kind"));
    return find(gvk).orElseThrow(() -> new IllegalArgumentException("no such kind: " + gvk));
  }

  /// The kind of that group and plural, whatever its version.
  public Kind get(String group, String resource) {
    return table.all.stream()
        .filter(kind -> kind.is(group, resource))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such kind: " + group + "/" + resource));
  }

  public List<Kind> all() {
    return table.all;
  }

  /// The table as discovery shows it: the same list until other kinds are served.
  public List<Served> served() {
    return table.served;
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
        kind.subresources().stream().map(Kinds::served).toList(),
        kind.strategy().customType().map(CustomType::described));
  }

  private static Served.Sub served(Subresource sub) {
    var gvk = sub.kind();
    return new Served.Sub(sub.name(), gvk.group(), gvk.version(), gvk.kind(), words(sub.verbs()));
  }

  private static List<String> words(Set<Verb> verbs) {
    return verbs.stream().map(Verb::word).sorted().toList();
  }
}
