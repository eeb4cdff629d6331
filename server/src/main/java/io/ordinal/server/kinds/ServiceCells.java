package io.ordinal.server.kinds;

import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// What `kubectl get services` shows.
final class ServiceCells {
  static final List<TableColumn> COLUMNS =
      List.of(
          TableColumn.NAME,
          TableColumn.text("Type", service -> Tree.text(service, "spec", "type")),
          TableColumn.text(
              "Cluster-IP", service -> Cells.orNone(Tree.text(service, "spec", "clusterIP"))),
          TableColumn.text("External-IP", ServiceCells::externalAddresses),
          TableColumn.text("Port(s)", ServiceCells::ports),
          TableColumn.AGE,
          TableColumn.text("Selector", s -> Cells.labels(Tree.textMap(s, "spec", "selector")))
              .wide());

  private ServiceCells() {}

  private static String externalAddresses(ObjectNode service) {
    var listed = Tree.texts(service, "spec", "externalIPs");
    return switch (Tree.text(service, "spec", "type")) {
      case "ExternalName" -> Tree.text(service, "spec", "externalName");
      case "LoadBalancer" -> {
        var all = new ArrayList<String>();
        for (var ingress : Tree.objects(service, "status", "loadBalancer", "ingress")) {
          var address = Tree.text(ingress, "ip");
          all.add(address.isEmpty() ? Tree.text(ingress, "hostname") : address);
        }
        all.addAll(listed);
        yield all.isEmpty() ? "<pending>" : String.join(",", all);
      }
      default -> Cells.orNone(String.join(",", listed));
    };
  }

  private static String ports(ObjectNode service) {
    var ports =
        Tree.objects(service, "spec", "ports").stream()
            .map(port -> {
              var node = Tree.number(0, port, "nodePort");
              return Tree.number(0, port, "port")
                  + (node == 0 ? "" : ":" + node)
                  + "/"
                  + Tree.text(port, "protocol");
            })
            .collect(Collectors.joining(","));
    return Cells.orNone(ports);
  }
}
