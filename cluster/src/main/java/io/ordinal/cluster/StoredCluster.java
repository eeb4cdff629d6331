package io.ordinal.cluster;

import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import io.ordinal.server.tree.Json;
import io.ordinal.store.Entry;
import io.ordinal.store.Expect;
import io.ordinal.store.Range;
import io.ordinal.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the objects of a store tell of the folder and the machine that they were made on, read and
/// mended before an API server serves them.
record StoredCluster(Store store) {

  private static final String NODES = "/core/nodes/";
  private static final String SERVICES = "/core/services/";
  private static final String VOLUMES = "/core/persistentvolumes/";
  private static final String NODE_NAME = ClusterConfig.nodeName(0).replace("1", "");
  private static final String OUR_VOLUMES = "ordinal.io/local";

  /// What a data folder would remember, had it been started by an Ordinal that writes it down;
  /// empty for a store in which no node has ever been.
  Optional<Settings> settings(Path folder) {
    var nodes = store.range(Range.all(NODES + NODE_NAME)).entries();
    if (nodes.isEmpty()) return Optional.empty();
    var count = nodes.stream().mapToInt(StoredCluster::numberOf).max().orElse(1);
    return Optional.of(
        new Settings(
            folder,
            Optional.empty(),
            nodes.stream().anyMatch(StoredCluster::isSimulated)
                ? RuntimeKind.SIMULATED
                : RuntimeKind.CONTAINERD,
            Math.max(count, 1),
            addresses().orElseGet(() -> Addresses.of(folder))));
  }

  private static int numberOf(Entry node) {
    var number = node.key().substring((NODES + NODE_NAME).length());
    return number.matches("\\d{1,4}") ? Integer.parseInt(number) : 0;
  }

  private static boolean isSimulated(Entry node) {
    return tree(node).at("/metadata/labels/ordinal.io~1simulated").asString("").equals("true");
  }

  /// The ranges that ClusterIPs were given from, `default/kubernetes` asked first.
  private Optional<Addresses> addresses() {
    return Stream.concat(
            store.get(SERVICES + "default/kubernetes").stream(),
            store.range(Range.all(SERVICES)).entries().stream())
        .map(service -> tree(service).at("/spec/clusterIP").asString(""))
        .flatMap(address -> Addresses.ofClusterIp(address).stream())
        .findFirst();
  }

  /// A volume on this machine's disk.
  ///
  /// @param claim namespace and name; empty when it belongs to nobody
  /// @param path where its data is, as the object says
  record LocalVolume(String name, String claim, String phase, Path path) {}

  /// All volumes that lie on a disk of this machine.
  List<LocalVolume> volumes() {
    return entries().map(StoredCluster::tree).flatMap(v -> volume(v).stream()).toList();
  }

  /// The data folders that the local volumes of this store were placed in.
  Set<Path> homes() {
    return entries()
        .map(StoredCluster::tree)
        .flatMap(v -> home(v).stream())
        .collect(Collectors.toSet());
  }

  /// Writes down new paths: what lay below one of the folders lies below `now`.
  void move(Set<Path> folders, Path now) {
    for (var entry : entries().toList()) {
      var volume = tree(entry);
      var source = source(volume);
      if (source.isEmpty()) continue;
      var before = Path.of(source.get().path("path").asString(""));
      var after = moved(before, folders, now);
      if (after.equals(before)) continue;
      source.get().put("path", after.toString());
      store.put(entry.key(), Json.encode(volume), Expect.revision(entry.revision()));
    }
  }

  /// Where a path lies once the folders are one.
  static Path moved(Path path, Set<Path> folders, Path now) {
    return folders.stream()
        .filter(folder -> !folder.equals(now) && path.startsWith(folder))
        .findFirst()
        .map(folder -> now.resolve(folder.relativize(path)))
        .orElse(path);
  }

  private Stream<Entry> entries() {
    return store.range(Range.all(VOLUMES)).entries().stream();
  }

  private static Optional<LocalVolume> volume(ObjectNode volume) {
    var claim = volume.at("/spec/claimRef");
    return source(volume)
        .map(source ->
            new LocalVolume(
                volume.at("/metadata/name").asString(""),
                claim.isObject()
                    ? claim.path("namespace").asString("") + "/" + claim.path("name").asString("")
                    : "",
                volume.at("/status/phase").asString(""),
                Path.of(source.path("path").asString("")).normalize()));
  }

  /// The provisioner places a volume at `volumes/NAME` of its data folder.
  private static Optional<Path> home(ObjectNode volume) {
    var by = volume.at("/metadata/annotations/pv.kubernetes.io~1provisioned-by").asString("");
    var place = Path.of("volumes", volume.at("/metadata/name").asString(""));
    return source(volume)
        .map(source -> Path.of(source.path("path").asString("")))
        .filter(path -> by.equals(OUR_VOLUMES) && path.isAbsolute() && path.endsWith(place))
        .map(path -> path.resolve("../..").normalize())
        .filter(path -> path.getNameCount() > 0);
  }

  private static Optional<ObjectNode> source(ObjectNode volume) {
    return Stream.of("local", "hostPath")
        .map(kind -> volume.at("/spec/" + kind))
        .filter(JsonNode::isObject)
        .map(ObjectNode.class::cast)
        .findFirst();
  }

  private static ObjectNode tree(Entry entry) {
    return Json.parse(entry.bytes());
  }
}
