package io.ordinal.schema;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// How two writers' values of a field meet (contract F3): `x-kubernetes-list-type`,
/// `-list-map-keys`, `-map-type`, `-patch-strategy` and `-patch-merge-key` of the published
/// OpenAPI.
///
/// @param listType what server-side apply makes of the list
/// @param mapKeys the fields that tell two elements apart when `listType` is MAP
/// @param patch what strategic merge does other than its rule for the field's type
/// @param mergeKey the field that strategic merge matches elements by, `""` for lists of scalars
/// @param mapType what server-side apply makes of the map or object
public record Merging(
    ListType listType, List<String> mapKeys, Set<Patch> patch, String mergeKey, MapType mapType) {

  /// A list's meaning for server-side apply.
  public enum ListType {
    ATOMIC,
    SET,
    MAP
  }

  /// A map's or an object's meaning for server-side apply.
  public enum MapType {
    /// Said nowhere: its fields have owners of their own.
    UNSPECIFIED,
    GRANULAR,
    ATOMIC
  }

  /// A patch strategy of strategic merge.
  public enum Patch {
    /// Two lists are joined.
    MERGE,
    /// The patch's keys are the only ones to stay, if it says so by `$retainKeys`.
    RETAIN_KEYS,
    /// A map is replaced as a whole.
    REPLACE
  }

  /// What holds unless a table says otherwise: lists are replaced, maps are merged.
  public static final Merging PLAIN =
      new Merging(ListType.ATOMIC, List.of(), Set.of(), "", MapType.UNSPECIFIED);

  /// Whether strategic merge joins two lists.
  public boolean joinsLists() {
    return patch.contains(Patch.MERGE);
  }

  /// From the form in the build's table: `map=containerPort+protocol,merge=containerPort`.
  static Merging parse(String text) {
    var listType = ListType.ATOMIC;
    var mapKeys = List.<String>of();
    var patch = EnumSet.noneOf(Patch.class);
    var mergeKey = "";
    var mapType = MapType.UNSPECIFIED;
    for (String word : text.split(",", -1)) {
      int equals = word.indexOf('=');
      String value = equals < 0 ? "" : word.substring(equals + 1);
      switch (equals < 0 ? word : word.substring(0, equals)) {
        case "set" -> listType = ListType.SET;
        case "map" -> {
          listType = ListType.MAP;
          mapKeys = List.of(value.split("\\+", -1));
        }
        case "merge" -> {
          patch.add(Patch.MERGE);
          mergeKey = value;
        }
        case "retainKeys" -> patch.add(Patch.RETAIN_KEYS);
        case "replace" -> patch.add(Patch.REPLACE);
        case "atomic-map" -> mapType = MapType.ATOMIC;
        case "granular-map" -> mapType = MapType.GRANULAR;
        default -> throw new IllegalArgumentException("a merging of '" + word + "' is unknown");
      }
    }
    return new Merging(listType, mapKeys, Set.copyOf(patch), mergeKey, mapType);
  }
}
