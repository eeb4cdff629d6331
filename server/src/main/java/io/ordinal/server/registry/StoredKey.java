package io.ordinal.server.registry;

/// Where an object lies, as the key says under which it is stored.
///
/// @param namespace empty for what belongs to the cluster
public record StoredKey(String group, String resource, String namespace, String name) {

  /// `/core/pods/default/web-0` taken apart.
  static StoredKey of(String key) {
    var parts = key.split("/", -1);
    var group = parts[1].equals("core") ? "" : parts[1];
    return parts.length > 4
        ? new StoredKey(group, parts[2], parts[3], parts[4])
        : new StoredKey(group, parts[2], "", parts[parts.length - 1]);
  }

  /// Whether it is the key of an object of that kind.
  public boolean isOf(Kind kind) {
    return kind.is(group, resource);
  }
}
