package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.ClusterState;
import io.ordinal.platform.clusters.Clusters;
import io.ordinal.platform.clusters.Clusters.Listed;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.members.Members;
import io.ordinal.platform.members.Members.Mine;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/portal` and `/clusters`: where the caller may work.
final class ClusterEndpoints {

  private static final ClusterState NOT_SEEN =
      new ClusterState("", false, "it has not answered yet");

  private final Clusters clusters;
  private final Members members;

  ClusterEndpoints(Clusters clusters, Members members) {
    this.clusters = clusters;
    this.members = members;
  }

  void portal(Exchange exchange, Caller caller) throws IOException, InterruptedException {
    if (!exchange.method().equals("GET")) throw Refusal.methodNotAllowed();
    var account = caller.account();
    var mine = members.of(account.name(), account.allGroups());
    var json = JsonMapper.shared().createObjectNode();
    json.put("administrator", account.administrator());
    var which = account.administrator() ? clusters.all() : clustersOf(mine);
    fill(json.putArray("clusters"), which);
    var businesses = json.putArray("businesses");
    mine.forEach(each -> businesses.add(business(each)));
    exchange.answer(200, json);
  }

  /// Those that the businesses may use, and those that they still use.
  private List<Listed> clustersOf(List<Mine> mine) {
    var ids = new HashSet<String>();
    for (var each : mine) {
      ids.addAll(each.project().getSpec().clusters().keySet());
      ids.addAll(each.project().getStatus().clustersInUse());
    }
    return clusters.all().stream().filter(each -> ids.contains(each.id())).toList();
  }

  private static ObjectNode business(Mine mine) {
    var json = JsonMapper.shared().createObjectNode();
    json.put("name", mine.project().name());
    json.put("displayName", mine.project().getSpec().displayName());
    json.put("role", mine.role());
    var namespaces = json.putArray("namespaces");
    for (var each : mine.namespaces()) {
      namespaces
          .addObject()
          .put("name", each.name())
          .put("namespace", each.getSpec().namespace())
          .put("cluster", each.getSpec().clusterName())
          .put("phase", each.getStatus().phase());
    }
    return json;
  }

  void clusters(Exchange exchange, Caller caller) throws IOException, InterruptedException {
    caller.requireAdministrator();
    switch (exchange.method()) {
      case "GET" -> {
        var json = JsonMapper.shared().createObjectNode();
        fill(json.putArray("items"), clusters.all());
        exchange.answer(200, json);
      }
      case "POST" -> {
        var body = exchange.json();
        var added = clusters.add(Exchange.text(body, "name"), Exchange.text(body, "kubeconfig"));
        var items = JsonMapper.shared().createArrayNode();
        fill(items, List.of(added));
        exchange.answer(201, items.get(0));
      }
      default -> throw Refusal.methodNotAllowed();
    }
  }

  void cluster(Exchange exchange, Caller caller, String id) throws IOException {
    caller.requireAdministrator();
    if (!exchange.method().equals("DELETE")) throw Refusal.methodNotAllowed();
    clusters.remove(id);
    exchange.noContent();
  }

  private void fill(ArrayNode array, List<Listed> which) throws InterruptedException {
    var states = clusters.states(which);
    for (var each : which) {
      var state = states.getOrDefault(each.id(), NOT_SEEN);
      array
          .addObject()
          .put("id", each.id())
          .put("name", each.name())
          .put("version", state.version())
          .put("state", state.word())
          .put("reason", state.reason());
    }
  }
}
