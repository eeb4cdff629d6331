package io.ordinal.schema;

/// Group, version and kind: the name of a type as clients write it. The core group is `""`.
public record Gvk(String group, String version, String kind) {

  /// The pair that an object carries, `apps/v1` or `v1`.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// From an object's `apiVersion` and `kind`.
  public static Gvk of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    return slash < 0
        ? new Gvk("", apiVersion, kind)
        : new Gvk(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
  }

  /// As upstream's messages word it: `apps/v1, Kind=StatefulSet`.
  @Override
  public String toString() {
    return apiVersion() + ", Kind=" + kind;
  }
}
