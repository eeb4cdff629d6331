package io.ordinal.server.registry;

import io.ordinal.schema.Gvk;
import io.ordinal.server.Verb;
import io.ordinal.server.table.Printer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// One row of the table of kinds: how it is called, what can be done with it, and the rules of its
/// own.
///
/// @param verbs what can be done with the objects themselves, in discovery's words
public record Kind(
    Gvk gvk,
    Noun noun,
    boolean namespaced,
    Set<Verb> verbs,
    List<Subresource> subresources,
    Strategy strategy) {

  /// How a resource is called.
  ///
  /// @param plural as in URLs
  /// @param listKind of lists of them, `PodList`
  public record Noun(
      String plural,
      String singular,
      List<String> shortNames,
      List<String> categories,
      String listKind) {}

  /// A kind whose objects lie in namespaces, with all verbs.
  public static Kind namespaced(String apiVersion, String kind, String plural) {
    return of(Gvk.of(apiVersion, kind), plural, true);
  }

  /// A kind whose objects belong to the cluster, with all verbs.
  public static Kind cluster(String apiVersion, String kind, String plural) {
    return of(Gvk.of(apiVersion, kind), plural, false);
  }

  private static Kind of(Gvk gvk, String plural, boolean namespaced) {
    var noun =
        new Noun(
            plural, gvk.kind().toLowerCase(Locale.ROOT), List.of(), List.of(), gvk.kind() + "List");
    return new Kind(gvk, noun, namespaced, EnumSet.allOf(Verb.class), List.of(), Strategy.PLAIN);
  }

  public Kind called(String... shortNames) {
    var named =
        new Noun(noun.plural, noun.singular, List.of(shortNames), noun.categories, noun.listKind);
    return new Kind(gvk, named, namespaced, verbs, subresources, strategy);
  }

  public Kind in(String... categories) {
    var named =
        new Noun(noun.plural, noun.singular, noun.shortNames, List.of(categories), noun.listKind);
    return new Kind(gvk, named, namespaced, verbs, subresources, strategy);
  }

  public Kind without(Verb verb) {
    var fewer = EnumSet.copyOf(verbs);
    fewer.remove(verb);
    return new Kind(gvk, noun, namespaced, fewer, subresources, strategy);
  }

  /// Only these verbs.
  public Kind only(Verb... some) {
    return new Kind(gvk, noun, namespaced, Set.of(some), subresources, strategy);
  }

  public Kind with(Subresource... more) {
    var all = new ArrayList<>(subresources);
    all.addAll(List.of(more));
    return new Kind(gvk, noun, namespaced, verbs, List.copyOf(all), strategy);
  }

  /// With the subresource `/status`.
  public Kind withStatus() {
    return with(Subresource.status(gvk));
  }

  public Kind ruledBy(Strategy other) {
    return new Kind(gvk, noun, namespaced, verbs, subresources, other);
  }

  public String group() {
    return gvk.group();
  }

  /// The plural name, as in URLs.
  public String resource() {
    return noun.plural;
  }

  /// `apps/v1`, or `v1` for the core group.
  public String apiVersion() {
    return gvk.group().isEmpty() ? gvk.version() : gvk.group() + "/" + gvk.version();
  }

  public boolean is(String group, String resource) {
    return noun.plural.equals(resource) && gvk.group().equals(group);
  }

  public boolean has(Trait trait) {
    return strategy.traits().contains(trait);
  }

  public Optional<Subresource> subresource(String name) {
    return subresources.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /// Whether `/status` is written on its own, and therefore never through the object.
  public boolean hasStatus() {
    return subresource("status").isPresent();
  }

  /// How the kind looks as a table.
  public Printer printer() {
    return TablePrinter.of(strategy);
  }

  /// An object as this kind shows it, from its stored bytes.
  byte[] shown(byte[] stored) {
    return strategy.conversion().map(c -> c.shown(stored)).orElse(stored);
  }

  /// An object as this kind shows it; the argument may be changed.
  ObjectNode toShown(ObjectNode stored) {
    return strategy.conversion().map(c -> c.toShown(stored)).orElse(stored);
  }

  /// An object as it is stored; the argument may be changed.
  ObjectNode toStored(ObjectNode shown) {
    return strategy.conversion().map(c -> c.toStored(shown)).orElse(shown);
  }

  /// Every field that selectors may use.
  public Stream<String> selectableFields() {
    return Stream.concat(
        Stream.of("metadata.name", "metadata.namespace"),
        strategy.selectableFields().keySet().stream());
  }

  /// The beginning of the keys of all its objects, ending in a slash. Two views of one kind share
  /// it.
  String prefix() {
    return prefix(
        strategy.conversion().map(Conversion::storedGroup).orElse(gvk.group()), noun.plural);
  }

  private static String prefix(String group, String plural) {
    return "/" + (group.isEmpty() ? "core" : group) + "/" + plural + "/";
  }

  /// The beginning of the keys of a namespace's objects; of all objects when the namespace is
  /// empty.
  String prefix(String namespace) {
    return namespace.isEmpty() ? prefix() : prefix() + namespace + "/";
  }

  String key(String namespace, String name) {
    return namespaced ? prefix() + namespace + "/" + name : prefix() + name;
  }
}
