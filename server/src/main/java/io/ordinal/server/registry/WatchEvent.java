package io.ordinal.server.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One event of a watch. The same instance goes to every watcher of the same change, so that each
/// encoding is made once for all of them.
public final class WatchEvent {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// How the object of an event relates to what the watcher knew.
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED,
    BOOKMARK,
    ERROR
  }

  private final Type type;
  private final byte[] json;
  private final Map<Object, byte[]> encodings = new ConcurrentHashMap<>(4);
  private volatile @Nullable ObjectNode tree;
  private volatile @Nullable Encoding latest;

  /// An event about an object (or, for ERROR, a Status) in its encoded form, which is never
  /// modified.
  public WatchEvent(Type type, byte[] json) {
    this.type = type;
    this.json = json;
  }

  /// What happened.
  public Type type() {
    return type;
  }

  /// The encoded object.
  public byte[] json() {
    return json;
  }

  /// The object, decoded when somebody asks for the first time; shared, never to be modified.
  public ObjectNode tree() {
    var known = tree;
    if (known == null) {
      known = (ObjectNode) JSON.readTree(json);
      tree = known;
    }
    return known;
  }

  /// The event in one representation, made by `encoder` for the first watcher that needs it.
  ///
  /// @param representation an equal value for everybody who shares the encoding
  public byte[] encoded(Object representation, Function<WatchEvent, byte[]> encoder) {
    var usual = latest;
    if (usual != null && usual.representation.equals(representation)) {
      return usual.bytes;
    }
    var bytes = encodings.computeIfAbsent(representation, _ -> encoder.apply(this));
    latest = new Encoding(representation, bytes);
    return bytes;
  }

  /// Most watchers want the same form: it is found without hashing.
  private record Encoding(Object representation, byte[] bytes) {}
}
