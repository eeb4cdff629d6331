package io.ordinal.cluster;

import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a data folder remembers beside its objects, so that a later start means the same cluster: a
/// text file of `key value` lines. Whoever starts without `--nodes` or `--runtime` gets what it
/// says.
///
/// @param folder where the data folder lay when it was started or restored last: volumes are
///   written down by paths below it
/// @param from the data folder that this one was restored, moved or copied from
/// @param addresses the ranges that its Services and pods have, wherever it lies
record Settings(
    Path folder, Optional<Path> from, RuntimeKind runtime, int nodes, Addresses addresses) {

  /// What the folder remembers; empty when it was never started.
  ///
  /// @throws UserError when the file makes no sense
  static Optional<Settings> read(DataFolder data) {
    var file = data.settingsFile();
    if (!Files.exists(file)) return Optional.empty();
    try {
      return Optional.of(parse(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.DATA,
          file + " cannot be understood: remove it, and what it said is taken from the objects");
    }
  }

  private static Settings parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (var line : text.lines().toList()) {
      var space = line.indexOf(' ');
      if (space > 0) values.put(line.substring(0, space), line.substring(space + 1));
    }
    return new Settings(
        Path.of(value(values, "folder")),
        Optional.ofNullable(values.get("from")).map(Path::of),
        RuntimeKind.named(value(values, "runtime")),
        Integer.parseInt(value(values, "nodes")),
        new Addresses(Integer.parseInt(value(values, "addresses"))));
  }

  private static String value(Map<String, String> values, String key) {
    var value = values.get(key);
    if (value == null) throw new IllegalArgumentException("no " + key);
    return value;
  }

  /// Remembers this, durably.
  void write(DataFolder data) {
    PrivateFiles.replace(data.settingsFile(), text());
  }

  /// Remembers this unless it is known already.
  void writeIfNew(DataFolder data) {
    if (!read(data).equals(Optional.of(this))) write(data);
  }

  private String text() {
    return "folder %s\n%sruntime %s\nnodes %d\naddresses %d\n"
        .formatted(
            folder,
            from.map(path -> "from " + path + "\n").orElse(""),
            runtime,
            nodes,
            addresses.number());
  }

  /// The same cluster in another folder.
  Settings movedTo(Path path) {
    return new Settings(path, Optional.of(folder), runtime, nodes, addresses);
  }

  /// The same cluster, with its volumes copied from another folder.
  Settings from(Path origin) {
    return new Settings(folder, Optional.of(origin), runtime, nodes, addresses);
  }

  /// What a start with these options means for a folder that was started before.
  ///
  /// @throws UserError when it would leave nodes, or containers, to nobody
  Settings with(ClusterConfig config) {
    config
        .runtime()
        .filter(wanted -> wanted != runtime)
        .ifPresent(wanted -> {
          throw new UserError(
              "--runtime %s: the pods of %s are %s's, and stay so: leave the option away, or use another --data"
                  .formatted(wanted, folder, runtime));
        });
    config
        .nodes()
        .filter(wanted -> wanted < nodes)
        .ifPresent(wanted -> {
          throw new UserError(
              ("--nodes %d: %s has %d nodes, and nobody would look after the pods and volumes of the others:"
                      + " leave the option away; kubectl drain empties a node")
                  .formatted(wanted, folder, nodes));
        });
    return new Settings(folder, from, runtime, config.nodes().orElse(nodes), addresses);
  }

  /// A folder that is started for the first time.
  static Settings fresh(ClusterConfig config, Addresses addresses) {
    return new Settings(
        config.data(),
        Optional.empty(),
        config.runtime().orElse(RuntimeKind.CONTAINERD),
        config.nodes().orElse(1),
        addresses);
  }
}
