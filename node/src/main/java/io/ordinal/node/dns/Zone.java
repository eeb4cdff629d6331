package io.ordinal.node.dns;

import io.ordinal.kube.ObjectKey;
import io.ordinal.node.dns.ServiceNames.Entry;
import io.ordinal.node.machine.Ipv4;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// All names of the cluster's domain. One thread changes it, Service by Service; any number read it
/// without a lock.
final class Zone {
  /// The version of the Kubernetes DNS specification that this follows.
  private static final String VERSION = "1.1.0";

  private final String domain;
  private final Ipv4 serverAddress;
  private final Predicate<String> namespaceExists;
  private final Map<ObjectKey, ServiceNames> services = new HashMap<>();
  private final Map<String, Entry> names = new ConcurrentHashMap<>();
  private final Map<Ipv4, List<String>> reverse = new ConcurrentHashMap<>();
  private final Map<Ipv4, TreeMap<ObjectKey, List<String>>> reverseByService = new HashMap<>();

  /// How many names lie below a name that has nothing of its own: it exists, empty.
  private final Map<String, Integer> parents = new ConcurrentHashMap<>();

  /// @param domain `cluster.local`
  /// @param serverAddress the ClusterIP of the DNS itself
  Zone(String domain, Ipv4 serverAddress, Predicate<String> namespaceExists) {
    this.domain = domain;
    this.serverAddress = serverAddress;
    this.namespaceExists = namespaceExists;
  }

  String domain() {
    return domain;
  }

  /// Whether a name (lower case, no dot at the end) is ours to answer.
  boolean holds(String name) {
    return name.equals(domain) || name.endsWith("." + domain);
  }

  /// A Service has these names now, and no others.
  void set(ObjectKey service, ServiceNames wanted) {
    var before = services.getOrDefault(service, ServiceNames.NONE);
    if (wanted.equals(before)) {
      return;
    }
    wanted.names().forEach((name, entry) -> put(name, entry));
    before.names().keySet().stream()
        .filter(name -> !wanted.names().containsKey(name))
        .forEach(this::drop);
    setReverse(service, before.reverse(), wanted.reverse());
    if (wanted.equals(ServiceNames.NONE)) {
      services.remove(service);
    } else {
      services.put(service, wanted);
    }
  }

  private void put(String name, Entry entry) {
    if (names.put(name, entry) == null) {
      parentsOf(name).forEach(parent -> parents.merge(parent, 1, Integer::sum));
    }
  }

  private void drop(String name) {
    if (names.remove(name) != null) {
      parentsOf(name)
          .forEach(parent ->
              parents.computeIfPresent(parent, (_, count) -> count == 1 ? null : count - 1));
    }
  }

  private List<String> parentsOf(String name) {
    var all = new ArrayList<String>();
    for (var dot = name.indexOf('.');
        dot > 0 && name.length() - dot - 1 > domain.length();
        dot = name.indexOf('.', dot + 1)) {
      all.add(name.substring(dot + 1));
    }
    return all;
  }

  /// An address may belong to several Services, each of which gives it names.
  private void setReverse(
      ObjectKey service, Map<Ipv4, List<String>> before, Map<Ipv4, List<String>> wanted) {
    for (var address : before.keySet()) {
      if (!wanted.containsKey(address)) {
        changeReverse(address, service, List.of());
      }
    }
    wanted.forEach((address, hosts) -> changeReverse(address, service, hosts));
  }

  private void changeReverse(Ipv4 address, ObjectKey service, List<String> hosts) {
    var all = reverseByService.computeIfAbsent(address, _ -> new TreeMap<>());
    if (hosts.isEmpty()) {
      all.remove(service);
    } else {
      all.put(service, hosts);
    }
    if (all.isEmpty()) {
      reverseByService.remove(address);
      reverse.remove(address);
    } else {
      reverse.put(address, all.values().stream().flatMap(Collection::stream).distinct().toList());
    }
  }

  /// The names of an address.
  List<String> namesOf(Ipv4 address) {
    return reverse.getOrDefault(address, List.of());
  }

  /// What stands under a name of ours: empty when the name does not exist, an [Entry] without
  /// content when it exists and has nothing.
  Optional<Entry> find(String name) {
    var entry = names.get(name);
    if (entry != null) {
      return Optional.of(entry);
    }
    if (name.equals("ns.dns." + domain)) {
      return Optional.of(addresses(List.of(serverAddress)));
    }
    return findPod(name)
        .or(() -> isEmptyName(name) ? Optional.of(addresses(List.of())) : Optional.empty());
  }

  /// The texts under a name.
  List<String> textsOf(String name) {
    return name.equals("dns-version." + domain) ? List.of(VERSION) : List.of();
  }

  private boolean isEmptyName(String name) {
    if (name.equals(domain)
        || name.equals("svc." + domain)
        || name.equals("pod." + domain)
        || name.equals("dns." + domain)) {
      return true;
    }
    return parents.containsKey(name)
        || !textsOf(name).isEmpty()
        || isNamespace(name, ".svc.")
        || isNamespace(name, ".pod.");
  }

  private boolean isNamespace(String name, String kind) {
    var end = kind + domain;
    var namespace = name.endsWith(end) ? name.substring(0, name.length() - end.length()) : "";
    return !namespace.isEmpty() && !namespace.contains(".") && namespaceExists.test(namespace);
  }

  /// `10-1-1-5.default.pod.cluster.local`: the address is in the name, whether or not such a pod
  /// exists.
  private Optional<Entry> findPod(String name) {
    var end = ".pod." + domain;
    if (!name.endsWith(end)) {
      return Optional.empty();
    }
    var parts = name.substring(0, name.length() - end.length()).split("\\.", -1);
    if (parts.length != 2 || !namespaceExists.test(parts[1])) {
      return Optional.empty();
    }
    return Ipv4.find(parts[0].replace('-', '.')).map(address -> addresses(List.of(address)));
  }

  private static Entry addresses(List<Ipv4> list) {
    return new Entry(list, List.of(), "");
  }
}
