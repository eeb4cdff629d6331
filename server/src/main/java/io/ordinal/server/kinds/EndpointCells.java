package io.ordinal.server.kinds;

import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// What the tables of Endpoints and EndpointSlices show: the first three, and how many more.
final class EndpointCells {
  private static final int SHOWN = 3;

  private EndpointCells() {}

  static String ofEndpoints(ObjectNode endpoints) {
    var all = new ArrayList<String>();
    for (var subset : Tree.objects(endpoints, "subsets")) {
      var ports = Tree.objects(subset, "ports");
      for (var address : Tree.objects(subset, "addresses")) {
        var ip = Tree.text(address, "ip");
        if (ports.isEmpty()) all.add(ip);
        for (var port : ports) all.add(ip + ":" + Tree.number(0, port, "port"));
      }
    }
    return first(all, "<none>");
  }

  static String ofSlice(ObjectNode slice) {
    var all = new ArrayList<String>();
    for (var endpoint : Tree.objects(slice, "endpoints")) {
      all.addAll(Tree.texts(endpoint, "addresses"));
    }
    return first(all, "<unset>");
  }

  static String portsOfSlice(ObjectNode slice) {
    var ports =
        Tree.objects(slice, "ports").stream()
            .map(port -> Tree.has(port, "port") ? Long.toString(Tree.number(0, port, "port")) : "*")
            .toList();
    return first(ports, "<unset>");
  }

  private static String first(List<String> all, String none) {
    if (all.isEmpty()) return none;
    var shown = all.stream().limit(SHOWN).collect(Collectors.joining(","));
    return all.size() <= SHOWN ? shown : shown + " + " + (all.size() - SHOWN) + " more...";
  }
}
