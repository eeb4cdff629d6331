package io.ordinal.schema;

import java.util.List;

/// How two writers' values of a field meet (contract F3): `x-kubernetes-list-type`, `-map-keys`,
/// `-patch-strategy` and `-patch-merge-key` of the published OpenAPI.
///
/// @param listType what server-side apply makes of the list
/// @param mapKeys the fields that tell two elements apart when `listType` is MAP
/// @param patchMerge strategic merge joins the lists instead of replacing them
/// @param retainKeys strategic merge honours `$retainKeys` here
/// @param mergeKey the field that strategic merge matches elements by, `""` for lists of scalars
public record Merging(
    ListType listType,
    List<String> mapKeys,
    boolean patchMerge,
    boolean retainKeys,
    String mergeKey) {

  /// A list's meaning for server-side apply.
  public enum ListType {
    ATOMIC,
    SET,
    MAP
  }

  /// Replaced as a whole: what holds unless a table says otherwise.
  public static final Merging ATOMIC = new Merging(ListType.ATOMIC, List.of(), false, false, "");
}
